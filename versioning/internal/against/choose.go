package against

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// testPattern is the regular expression for the tests of the package that use the
// harness: the others may take long, or talk to a database. It reads the files
// without types, so it may choose one too many; where it finds none, it is
// the expression for all.
func testPattern(p *listed, packages map[string]*listed, uses map[string]bool) string {
	var names []string
	for _, scope := range [][]string{slices.Concat(p.GoFiles, p.TestGoFiles), p.XTestGoFiles} {
		names = append(names, usingTests(p.Dir, scope, packages, uses)...)
	}
	if len(names) == 0 {
		return "^Test"
	}
	slices.Sort(names)
	return "^(" + strings.Join(slices.Compact(names), "|") + ")$"
}

// declaration is a function, a type with its methods, a variable or a constant of a
// package.
type declaration struct {
	// mentions are the names it holds.
	mentions map[string]bool
	// uses is whether it holds a name of a package that uses the harness.
	uses bool
}

// usingTests returns the tests among the functions in the files of one package.
func usingTests(dir string, files []string, packages map[string]*listed, uses map[string]bool) (tests []string) {
	declared := map[string]*declaration{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil // and so all tests run
		}
		imported, everywhere := carriers(file, packages, uses)
		for _, d := range file.Decls {
			for owner, node := range owners(d) {
				if declared[owner] == nil {
					declared[owner] = &declaration{mentions: map[string]bool{}}
				}
				declared[owner].read(node, imported, everywhere)
			}
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Test") &&
				f.Name.Name != "TestMain" {
				tests = append(tests, f.Name.Name)
			}
		}
	}
	for changed := true; changed; {
		changed = false
		for _, d := range declared {
			for name := range d.mentions {
				if other := declared[name]; other != nil && other.uses && !d.uses {
					d.uses, changed = true, true
				}
			}
		}
	}
	return slices.DeleteFunc(tests, func(name string) bool { return !declared[name].uses })
}

// carriers are the names in the file of the packages that use the harness;
// everywhere is whether one of them is imported without a name.
func carriers(file *ast.File, packages map[string]*listed, uses map[string]bool) (names map[string]bool,
	everywhere bool) {
	names = map[string]bool{}
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		switch {
		case err != nil || !uses[path]:
		case spec.Name == nil:
			names[packages[path].Name] = true
		case spec.Name.Name == ".":
			everywhere = true
		default:
			names[spec.Name.Name] = true
		}
	}
	return names, everywhere
}

// owners yields what a declaration declares, by name; a method belongs to its type.
func owners(d ast.Decl) map[string]ast.Node {
	found := map[string]ast.Node{}
	switch d := d.(type) {
	case *ast.FuncDecl:
		name := d.Name.Name
		if d.Recv != nil && len(d.Recv.List) > 0 {
			ast.Inspect(d.Recv.List[0].Type, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					name = id.Name
					return false
				}
				return true
			})
		}
		found[name] = d
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				found[spec.Name.Name] = spec
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					found[name.Name] = spec
				}
			}
		}
	}
	return found
}

func (d *declaration) read(node ast.Node, imported map[string]bool, everywhere bool) {
	d.uses = d.uses || everywhere
	ast.Inspect(node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if id, ok := n.X.(*ast.Ident); ok && imported[id.Name] {
				d.uses = true
			}
		case *ast.Ident:
			d.mentions[n.Name] = true
		}
		return true
	})
}
