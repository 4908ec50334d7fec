package source

import (
	"go/ast"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// declaredResult is the type that a function or a method of the folder's package returns. It is "" if
// there is none, or if several methods of the name return different types.
func declaredResult(folder, name string, method bool, result int) string {
	found := ""
	for _, path := range goFiles(folder) {
		f := read(path)
		if f == nil {
			continue
		}
		for _, d := range f.ast.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Name.Name != name || (fn.Recv != nil) != method || fn.Type.Results == nil ||
				fn.Type.TypeParams != nil {
				continue
			}
			var types []string
			for _, r := range fn.Type.Results.List {
				for range max(1, len(r.Names)) {
					types = append(types, f.source(r.Type.Pos(), r.Type.End()))
				}
			}
			if result >= len(types) || found != "" && found != types[result] {
				return ""
			}
			found = types[result]
		}
	}
	return found
}

// goFiles are the files of the folder's package.
func goFiles(folder string) []string {
	if known, ok := folders.Load(folder); ok {
		return known.([]string)
	}
	var paths []string
	entries, err := os.ReadDir(folder)
	if err == nil {
		for _, e := range entries {
			if name := e.Name(); strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
				paths = append(paths, filepath.Join(folder, name))
			}
		}
	}
	folders.Store(folder, paths)
	return paths
}

var folders sync.Map

// packageNames are the names that the folder's package declares at its top.
func packageNames(folder string) map[string]bool {
	names := map[string]bool{}
	for _, path := range goFiles(folder) {
		f := read(path)
		if f == nil {
			continue
		}
		for _, d := range f.ast.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil {
					names[d.Name.Name] = true
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					switch s := s.(type) {
					case *ast.ValueSpec:
						for _, n := range s.Names {
							names[n.Name] = true
						}
					case *ast.TypeSpec:
						names[s.Name.Name] = true
					}
				}
			}
		}
	}
	return names
}
