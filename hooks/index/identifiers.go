//go:build ignore

// Identifiers says what the identifiers of a Go module refer to.
//
// Usage: go run identifiers.go < request.json
//
// The request names the roots of module trees and the identifiers of interest.
// The answer holds, for each tree and each of its files, where such an
// identifier stands and the address of what it refers to, as long as that is
// declared in the tree itself:
//
//	example.com/m/model.Note          a type, function, variable or constant
//	example.com/m/model.Note.Title    a field or a method
//	example.com/m/model.NewNote:note  what is local to a function
//
// An external test package has "_test" after its path. Packages from outside
// of the tree are not read, nor is anything compiled: what depends on their
// types has no address. A file that cannot be parsed is left out.
package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Request is what comes in: the trees share a module path.
type Request struct {
	Module string   `json:"module"`
	Roots  []string `json:"roots"`
	Names  []string `json:"names"`
}

// Place is one identifier: how many characters precede it in the file, its
// address, whether it is declared there.
type Place struct {
	Offset  int    `json:"offset"`
	Address string `json:"address"`
	Defines bool   `json:"defines"`
}

// Index holds the places of each file, in order; paths are relative with slashes.
type Index map[string][]Place

func main() {
	var request Request
	if err := json.NewDecoder(os.Stdin).Decode(&request); err != nil {
		fail(err)
	}
	indexes := make([]Index, 0, len(request.Roots))
	for _, root := range request.Roots {
		index, err := indexTree(root, request.Module, request.Names)
		if err != nil {
			fail(err)
		}
		indexes = append(indexes, index)
	}
	if err := json.NewEncoder(os.Stdout).Encode(indexes); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "identifiers:", err)
	os.Exit(1)
}

// folder holds the files of one directory by the package that they belong to.
type folder struct {
	source, internalTests, externalTests []*ast.File
}

// tree checks the packages of one root, each when it is first needed.
type tree struct {
	module    string
	fset      *token.FileSet
	sources   map[string][]byte
	folders   map[string]*folder
	packages  map[string]*types.Package
	info      *types.Info
	addresses map[types.Object]string
}

func indexTree(root, module string, names []string) (Index, error) {
	t := &tree{
		module:    module,
		fset:      token.NewFileSet(),
		sources:   map[string][]byte{},
		folders:   map[string]*folder{},
		packages:  map[string]*types.Package{},
		info:      newInfo(),
		addresses: map[types.Object]string{},
	}
	if err := t.parse(root); err != nil {
		return nil, err
	}
	wanted := map[string]bool{}
	for _, name := range names {
		wanted[name] = true
	}
	index := Index{}
	importPaths := make([]string, 0, len(t.folders))
	for importPath := range t.folders {
		importPaths = append(importPaths, importPath)
	}
	slices.Sort(importPaths)
	for _, importPath := range importPaths {
		if _, err := t.Import(importPath); err != nil {
			return nil, err
		}
	}
	for _, importPath := range importPaths {
		t.checkTests(importPath)
	}
	for _, importPath := range importPaths {
		f := t.folders[importPath]
		for _, file := range slices.Concat(f.source, f.internalTests, f.externalTests) {
			t.list(root, file, wanted, index)
		}
	}
	return index, nil
}

func newInfo() *types.Info {
	return &types.Info{
		Defs:  map[*ast.Ident]types.Object{},
		Uses:  map[*ast.Ident]types.Object{},
		Types: map[ast.Expr]types.TypeAndValue{},
	}
}

// parse reads every Go file that the go command would build.
func (t *tree) parse(root string) error {
	return filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if base := entry.Name(); name != root && (strings.HasPrefix(base, ".") || base == "vendor" || base == "testdata") {
				return filepath.SkipDir
			}
			return nil
		}
		dir, base := filepath.Split(name)
		if !strings.HasSuffix(base, ".go") {
			return nil
		}
		if matches, err := build.Default.MatchFile(dir, base); err != nil || !matches {
			return nil
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(t.fset, name, source, parser.SkipObjectResolution)
		if err != nil {
			return nil
		}
		t.sources[name] = source
		relative, err := filepath.Rel(root, filepath.Clean(dir))
		if err != nil {
			return err
		}
		t.add(path.Join(t.module, filepath.ToSlash(relative)), base, file)
		return nil
	})
}

func (t *tree) add(importPath, base string, file *ast.File) {
	f := t.folders[importPath]
	if f == nil {
		f = &folder{}
		t.folders[importPath] = f
	}
	switch {
	case !strings.HasSuffix(base, "_test.go"):
		f.source = append(f.source, file)
	case strings.HasSuffix(file.Name.Name, "_test"):
		f.externalTests = append(f.externalTests, file)
	default:
		f.internalTests = append(f.internalTests, file)
	}
}

var version = regexp.MustCompile(`^v\d+$`)

// Import implements types.Importer. A package from elsewhere is empty.
func (t *tree) Import(importPath string) (*types.Package, error) {
	if pkg, ok := t.packages[importPath]; ok {
		return pkg, nil
	}
	f := t.folders[importPath]
	if f == nil || len(f.source) == 0 {
		name := path.Base(importPath)
		if version.MatchString(name) {
			name = path.Base(path.Dir(importPath))
		}
		pkg := types.NewPackage(importPath, name)
		pkg.MarkComplete()
		t.packages[importPath] = pkg
		return pkg, nil
	}
	// An import cycle meets the empty package and ends there.
	t.packages[importPath] = types.NewPackage(importPath, f.source[0].Name.Name)
	pkg := t.check(importPath, f.source, f.source)
	t.packages[importPath] = pkg
	return pkg, nil
}

// checkTests checks the tests of a package; those in the package itself
// together with it once more, so that others never see them.
func (t *tree) checkTests(importPath string) {
	f := t.folders[importPath]
	if len(f.internalTests) > 0 {
		t.check(importPath, slices.Concat(f.source, f.internalTests), f.internalTests)
	}
	if len(f.externalTests) > 0 {
		t.check(importPath+"_test", f.externalTests, f.externalTests)
	}
}

// check checks a package as far as it goes and records what some of its files declare.
func (t *tree) check(importPath string, files, recorded []*ast.File) *types.Package {
	info := newInfo()
	config := types.Config{
		Importer:                 t,
		Error:                    func(error) {},
		DisableUnusedImportCheck: true,
	}
	// Errors are expected: what is imported from outside is empty.
	pkg, _ := config.Check(importPath, t.fset, files, info)
	for _, file := range files {
		for _, declaration := range file.Decls {
			t.address(info, importPath, declaration)
		}
	}
	for _, file := range recorded {
		ast.Inspect(file, func(node ast.Node) bool {
			if ident, ok := node.(*ast.Ident); ok {
				if object := info.Defs[ident]; object != nil {
					t.info.Defs[ident] = object
				}
				if object := info.Uses[ident]; object != nil {
					t.info.Uses[ident] = object
				}
			}
			return true
		})
	}
	return pkg
}

// address gives everything that a top-level declaration declares its address.
func (t *tree) address(info *types.Info, importPath string, declaration ast.Decl) {
	switch declaration := declaration.(type) {
	case *ast.FuncDecl:
		owner := importPath + "." + declaration.Name.Name
		if declaration.Recv != nil && len(declaration.Recv.List) > 0 {
			owner = importPath + "." + receiver(declaration.Recv.List[0].Type) + "." + declaration.Name.Name
		}
		t.within(info, declaration, owner, ":")
		t.set(info, declaration.Name, owner)
	case *ast.GenDecl:
		for _, spec := range declaration.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				owner := importPath + "." + spec.Name.Name
				t.within(info, spec, owner, ".")
				t.set(info, spec.Name, owner)
			case *ast.ValueSpec:
				t.within(info, spec, importPath+"."+spec.Names[0].Name, ":")
				for _, name := range spec.Names {
					t.set(info, name, importPath+"."+name.Name)
				}
			}
		}
	}
}

// within gives what is declared below a node addresses below its owner's.
func (t *tree) within(info *types.Info, node ast.Node, owner, separator string) {
	ast.Inspect(node, func(node ast.Node) bool {
		if ident, ok := node.(*ast.Ident); ok {
			t.set(info, ident, owner+separator+ident.Name)
		}
		return true
	})
}

func (t *tree) set(info *types.Info, ident *ast.Ident, address string) {
	object := info.Defs[ident]
	if object == nil || ident.Name == "_" {
		return
	}
	// An embedded field has the name of its type, and changes with it.
	if field, ok := object.(*types.Var); ok && field.Embedded() {
		if named := info.Uses[ident]; named != nil {
			t.embedded(field, named)
			return
		}
	}
	t.addresses[object] = address
}

func (t *tree) embedded(field *types.Var, named types.Object) {
	if address, ok := t.addresses[named]; ok {
		t.addresses[field] = address
		return
	}
	if pkg := named.Pkg(); pkg != nil {
		t.addresses[field] = pkg.Path() + "." + named.Name()
	}
}

func receiver(expression ast.Expr) string {
	for {
		switch typed := expression.(type) {
		case *ast.StarExpr:
			expression = typed.X
		case *ast.IndexExpr:
			expression = typed.X
		case *ast.IndexListExpr:
			expression = typed.X
		case *ast.ParenExpr:
			expression = typed.X
		case *ast.Ident:
			return typed.Name
		default:
			return "_"
		}
	}
}

// list adds the wanted identifiers of a file to the index.
func (t *tree) list(root string, file *ast.File, wanted map[string]bool, index Index) {
	name := t.fset.Position(file.Package).Filename
	relative, err := filepath.Rel(root, name)
	if err != nil {
		return
	}
	var places []Place
	ast.Inspect(file, func(node ast.Node) bool {
		ident, ok := node.(*ast.Ident)
		if !ok || !wanted[ident.Name] {
			return true
		}
		object, defines := t.info.Defs[ident], true
		if used := t.info.Uses[ident]; used != nil {
			object, defines = used, false
		}
		if address := t.addressOf(object); address != "" {
			places = append(places, Place{t.fset.Position(ident.Pos()).Offset, address, defines})
		}
		return true
	})
	if len(places) > 0 {
		index[filepath.ToSlash(relative)] = inCharacters(t.sources[name], places)
	}
}

// inCharacters returns the places in order, their offsets counted in characters
// instead of bytes.
func inCharacters(source []byte, places []Place) []Place {
	slices.SortFunc(places, func(a, b Place) int { return cmp.Compare(a.Offset, b.Offset) })
	bytes, characters := 0, 0
	for i := range places {
		characters += utf8.RuneCount(source[bytes:places[i].Offset])
		bytes = places[i].Offset
		places[i].Offset = characters
	}
	return places
}

// addressOf returns the address of an object, of a generic one's if it is an instance.
func (t *tree) addressOf(object types.Object) string {
	switch object := object.(type) {
	case nil:
		return ""
	case *types.Var:
		return t.addresses[object.Origin()]
	case *types.Func:
		return t.addresses[object.Origin()]
	default:
		return t.addresses[object]
	}
}
