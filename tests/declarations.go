// Command declarations says what Go files declare: it reads a JSON list of texts
// and writes a JSON list of what stands in each.
package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"log"
	"os"
	"strings"
)

// A File is what one text declares.
type File struct {
	Error        string            `json:"error"`
	Imports      []string          `json:"imports"`
	Order        []string          `json:"order"`
	Declarations map[string]string `json:"declarations"`
}

func main() {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		log.Fatal(err)
	}
	files := make([]File, len(texts))
	for i, text := range texts {
		files[i] = read(text)
	}
	if err := json.NewEncoder(os.Stdout).Encode(files); err != nil {
		log.Fatal(err)
	}
}

type reader struct {
	text string
	fset *token.FileSet
	file File
}

func read(text string) File {
	r := &reader{text: text, fset: token.NewFileSet(), file: File{Declarations: map[string]string{}}}
	tree, err := parser.ParseFile(r.fset, "", text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return File{Error: err.Error()}
	}
	for _, decl := range tree.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			name := decl.Name.Name
			if decl.Recv != nil {
				name = base(decl.Recv.List[0].Type) + "." + name
			}
			r.add(name, decl.Doc, decl.Pos(), decl.End())
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				r.spec(decl, spec)
			}
		}
	}
	return r.file
}

func (r *reader) spec(decl *ast.GenDecl, spec ast.Spec) {
	switch spec := spec.(type) {
	case *ast.ImportSpec:
		name := ""
		if spec.Name != nil {
			name = spec.Name.Name + " "
		}
		r.file.Imports = append(r.file.Imports, name+spec.Path.Value)
	case *ast.ValueSpec:
		name := spec.Names[0].Name
		if name == "_" {
			name += r.tokens(spec.Pos(), spec.End())
		}
		r.add(name, first(spec.Doc, decl), spec.Pos(), spec.End())
	case *ast.TypeSpec:
		name := spec.Name.Name
		switch body := spec.Type.(type) {
		case *ast.StructType:
			r.add(name, first(spec.Doc, decl), spec.Pos(), body.Fields.Opening)
			r.fields(name, body.Fields)
		case *ast.InterfaceType:
			r.add(name, first(spec.Doc, decl), spec.Pos(), body.Methods.Opening)
			r.fields(name, body.Methods)
		default:
			r.add(name, first(spec.Doc, decl), spec.Pos(), spec.End())
		}
	}
}

// first returns the comment of a declaration where it has but one specification.
func first(doc *ast.CommentGroup, decl *ast.GenDecl) *ast.CommentGroup {
	if doc == nil && !decl.Lparen.IsValid() {
		return decl.Doc
	}
	return doc
}

func (r *reader) fields(owner string, list *ast.FieldList) {
	for _, field := range list.List {
		name := base(field.Type)
		if len(field.Names) > 0 {
			name = field.Names[0].Name
		}
		end := field.End()
		if field.Comment != nil {
			end = field.Comment.End()
		}
		r.add(owner+"/"+name, field.Doc, field.Pos(), end)
	}
}

// add records a declaration: every token of it, the comment above it first.
func (r *reader) add(name string, doc *ast.CommentGroup, start, end token.Pos) {
	if doc != nil {
		start = doc.Pos()
	}
	for r.file.Declarations[name] != "" {
		name += "'"
	}
	r.file.Order = append(r.file.Order, name)
	r.file.Declarations[name] = r.tokens(start, end)
}

func (r *reader) tokens(start, end token.Pos) string {
	source := []byte(r.text[r.fset.Position(start).Offset:r.fset.Position(end).Offset])
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", -1, len(source)), source, nil, scanner.ScanComments)
	var words []string
	for {
		_, tok, literal := s.Scan()
		switch {
		case tok == token.EOF:
			return strings.Join(words, " ")
		case tok == token.SEMICOLON && literal == "\n":
		case literal != "":
			words = append(words, literal)
		default:
			words = append(words, tok.String())
		}
	}
}

// base returns the name of a type without pointers, packages and arguments.
func base(expr ast.Expr) string {
	switch expr := expr.(type) {
	case *ast.Ident:
		return expr.Name
	case *ast.StarExpr:
		return base(expr.X)
	case *ast.IndexExpr:
		return base(expr.X)
	case *ast.IndexListExpr:
		return base(expr.X)
	case *ast.SelectorExpr:
		return expr.Sel.Name
	default:
		return ""
	}
}
