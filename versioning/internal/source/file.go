// Package source reads the Go files that a stage was compiled from, and proposes edits of them: what
// stands at the line of a call, what stood there in another stage, and how one function can do both.
//
//	edit := source.Between(now, was, source.Naming{ChangeID: "replace-charge"})
//
// It parses single files and knows no types beyond what a file says. Where that is not enough to make
// code that compiles, it makes none.
package source

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// A Line is a line of a file. File is the path that the compiler has recorded, Number is 1 for the
// first line.
type Line struct {
	File   string
	Number int
}

// file is a parsed file.
type file struct {
	path string
	text []byte
	ast  *ast.File
	set  *token.FileSet
}

// read parses the file. It returns nil if there is no such file, or if it is no Go: a binary can be
// older than the sources, or be built elsewhere.
func read(path string) *file {
	if f, known := files.Load(path); known {
		return f.(*file)
	}
	f := parsed(path)
	files.Store(path, f)
	return f
}

// files keeps what was read, nil for what cannot be: many cells ask for the same few files.
var files sync.Map

func parsed(path string) *file {
	if !filepath.IsAbs(path) {
		return nil // built with -trimpath
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	return parse(path, text)
}

func parse(path string, text []byte) *file {
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, path, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	return &file{path, text, tree, set}
}

func (f *file) line(p token.Pos) int { return f.set.Position(p).Line }

func (f *file) offset(p token.Pos) int { return f.set.Position(p).Offset }

// source is the text of the node as it stands in the file.
func (f *file) source(from, to token.Pos) string { return string(f.text[f.offset(from):f.offset(to)]) }

// plain is the text of the node without its comments, in one spelling.
func (f *file) plain(n ast.Node) string {
	var b bytes.Buffer
	if err := (&printer.Config{}).Fprint(&b, token.NewFileSet(), n); err != nil {
		return f.source(n.Pos(), n.End())
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// importsByName are the paths of the imports, by the name that the file calls them.
func (f *file) importsByName() map[string]string {
	imports := map[string]string{}
	for _, i := range f.ast.Imports {
		path := strings.Trim(i.Path.Value, `"`)
		name := path[strings.LastIndexByte(path, '/')+1:]
		if i.Name != nil {
			name = i.Name.Name
		}
		imports[name] = path
	}
	return imports
}

// workflowPackage is the name by which the file calls the SDK's package workflow, "" if it does not.
func (f *file) workflowPackage() string {
	for name, path := range f.importsByName() {
		if path == "go.temporal.io/sdk/workflow" && name != "_" && name != "." {
			return name
		}
	}
	return ""
}
