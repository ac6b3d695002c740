"""The stages in order, from specs on disk to a changed tree: the only room that knows them all."""
