// Command typecheck says which variants of a Go module compile: it reads the
// module's files, and what each variant changes of them, as JSON, and writes
// the first error of each variant, "" for none.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"log"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
)

// An Input is a module and its variants. Exports has the compiled form of every
// package outside the module, Variants the text of each file that differs, ""
// for one that is not there.
type Input struct {
	Module   string              `json:"module"`
	Exports  map[string]string   `json:"exports"`
	Files    map[string]string   `json:"files"`
	Variants []map[string]string `json:"variants"`
}

func main() {
	var in Input
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
		log.Fatal(err)
	}
	outside := importer.ForCompiler(token.NewFileSet(), "gc", func(p string) (io.ReadCloser, error) {
		return os.Open(in.Exports[p])
	})
	base := newProgram(in, outside, in.Files, nil, nil)
	if err := base.check(slices.Collect(maps.Keys(base.folders))); err != nil {
		log.Fatalf("the module does not compile: %v", err)
	}
	answers := make([]string, len(in.Variants))
	for i, changes := range in.Variants {
		if err := base.vary(in, outside, changes); err != nil {
			answers[i] = err.Error()
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		log.Fatal(err)
	}
}

// A program checks the packages of a module from their source, each when the
// first one imports it.
type program struct {
	module  string
	outside types.Importer
	fset    *token.FileSet
	folders map[string][]*ast.File
	checked map[string]*types.Package
	broken  error
}

// newProgram parses the folders that are in dirty, or all of them for nil, and
// takes the rest, with what is known of their types, from kept.
func newProgram(in Input, outside types.Importer, files map[string]string, dirty map[string]bool, kept *program) *program {
	p := &program{in.Module, outside, token.NewFileSet(), map[string][]*ast.File{}, map[string]*types.Package{}, nil}
	if kept != nil {
		p.fset = kept.fset
		for folder, parsed := range kept.folders {
			if !dirty[folder] {
				p.folders[folder], p.checked[folder] = parsed, kept.checked[folder]
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if dirty != nil && !dirty[path.Dir(name)] {
			continue
		}
		file, err := parser.ParseFile(p.fset, name, files[name], parser.SkipObjectResolution)
		p.broken = errors.Join(p.broken, err)
		p.folders[path.Dir(name)] = append(p.folders[path.Dir(name)], file)
	}
	return p
}

// vary checks what the changes touch, and all that imports it.
func (p *program) vary(in Input, outside types.Importer, changes map[string]string) error {
	files, dirty := maps.Clone(in.Files), map[string]bool{}
	for name, text := range changes {
		dirty[path.Dir(name)] = true
		if files[name] = text; text == "" {
			delete(files, name)
		}
	}
	for grown := true; grown; {
		grown = false
		for folder, parsed := range p.folders {
			if !dirty[folder] && slices.ContainsFunc(parsed, func(f *ast.File) bool { return p.imports(f, dirty) }) {
				dirty[folder], grown = true, true
			}
		}
	}
	variant := newProgram(in, outside, files, dirty, p)
	if variant.broken != nil {
		return variant.broken
	}
	return variant.check(slices.Sorted(maps.Keys(dirty)))
}

func (p *program) imports(file *ast.File, dirty map[string]bool) bool {
	return slices.ContainsFunc(file.Imports, func(spec *ast.ImportSpec) bool {
		folder, own := strings.CutPrefix(strings.Trim(spec.Path.Value, `"`), p.module+"/")
		return own && dirty[folder]
	})
}

// check checks packages, and each once more with its tests.
func (p *program) check(folders []string) error {
	for _, folder := range folders {
		own, inner, outer := p.split(folder)
		name := p.module + "/" + folder
		if _, err := p.Import(name); len(own) > 0 && err != nil {
			return err
		}
		var beside types.Importer = p
		if len(inner) > 0 {
			tested, err := p.types(p, name, append(own, inner...))
			if err != nil {
				return err
			}
			beside = seen{p, name, tested}
		}
		if len(outer) == 0 {
			continue
		}
		if _, err := p.types(beside, name+"_test", outer); err != nil {
			return err
		}
	}
	return nil
}

// split returns the files of a package, of the tests in it, and of those beside it.
func (p *program) split(folder string) (own, inner, outer []*ast.File) {
	for _, file := range p.folders[folder] {
		switch {
		case strings.HasSuffix(file.Name.Name, "_test"):
			outer = append(outer, file)
		case strings.HasSuffix(p.fset.Position(file.Package).Filename, "_test.go"):
			inner = append(inner, file)
		default:
			own = append(own, file)
		}
	}
	return own, inner, outer
}

func (p *program) types(i types.Importer, name string, files []*ast.File) (*types.Package, error) {
	config := types.Config{Importer: i}
	return config.Check(name, p.fset, files, nil)
}

// seen imports one package as its tests see it.
type seen struct {
	types.Importer
	name string
	pkg  *types.Package
}

// Import returns the package as its tests see it, and any other as it is.
func (s seen) Import(name string) (*types.Package, error) {
	if name == s.name {
		return s.pkg, nil
	}
	return s.Importer.Import(name)
}

// Import returns a package: of the module, checked from source; any other from
// its compiled form.
func (p *program) Import(name string) (*types.Package, error) {
	folder, own := strings.CutPrefix(name, p.module+"/")
	if !own {
		return p.outside.Import(name)
	}
	if known := p.checked[folder]; known != nil {
		return known, nil
	}
	files, _, _ := p.split(folder)
	if len(files) == 0 {
		return nil, fmt.Errorf("there is no package %s", name)
	}
	found, err := p.types(p, name, files)
	if err != nil {
		return nil, err
	}
	p.checked[folder] = found
	return found, nil
}
