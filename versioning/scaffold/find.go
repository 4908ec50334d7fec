package scaffold

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/doc"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const workflowPackage = "go.temporal.io/sdk/workflow"

// find reads the files of the package.
func (p *Package) find(built *build.Package) error {
	fset := token.NewFileSet()
	candidates := map[string]*Workflow{}
	var order []string
	for _, name := range slices.Concat(built.GoFiles, built.CgoFiles, built.TestGoFiles) {
		if name == testFile || name == familiesFile {
			continue // what is declared there is declared again, or left
		}
		tree, err := parser.ParseFile(fset, filepath.Join(built.Dir, name), nil,
			parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return fmt.Errorf("reading the package in %s: %w: make it compile first", built.Dir, err)
		}
		p.declare(tree)
		if slices.Contains(built.TestGoFiles, name) {
			continue
		}
		for _, f := range functions(tree) {
			w := &Workflow{Func: f.Name.Name, Doc: new(doc.Package).Synopsis(f.Doc.Text())}
			w.Receiver, _ = receiver(f)
			w.At = p.Module.place(fset.Position(f.Pos()))
			candidates[w.key()] = w
			order = append(order, w.key())
		}
	}
	registered := p.registrations(candidates)
	for _, key := range order {
		w := candidates[key]
		switch {
		case registered[key] != nil:
			registered[key].apply(w)
			if registered[key].dynamic {
				p.LeftOut = append(p.LeftOut,
					LeftOut{w.Func, w.At,
						"it is registered as the dynamic workflow: declare a family for each type by hand"})
				continue
			}
			p.Workflows = append(p.Workflows, *w)
		case !ast.IsExported(w.Func):
		case len(registered) > 0:
			p.LeftOut = append(p.LeftOut,
				LeftOut{w.Func, w.At, "nothing in this module registers it, unlike others of the package"})
		default:
			w.Types = []string{w.Func}
			p.Workflows = append(p.Workflows, *w)
		}
	}
	return nil
}

func (w *Workflow) key() string { return w.Receiver + "." + w.Func }

// declare notes what a file declares for the whole package.
func (p *Package) declare(tree *ast.File) {
	for _, decl := range tree.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil {
				p.names[decl.Name.Name] = true
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					p.names[spec.Name.Name] = true
				case *ast.ValueSpec:
					for _, name := range spec.Names {
						p.names[name.Name] = true
					}
				}
			}
		}
	}
}

// functions are those of the file that have the form of a workflow: a
// workflow.Context first, an error last, no more than one result before it, and no
// type parameters (validateFnFormat in the SDK's internal/internal_worker.go).
func functions(tree *ast.File) (list []*ast.FuncDecl) {
	name := importName(tree, workflowPackage, "workflow")
	if name == "" {
		return nil
	}
	for _, decl := range tree.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Type.TypeParams != nil || f.Name.Name == "_" || f.Type.Params.NumFields() == 0 {
			continue
		}
		if _, ok := receiver(f); !ok {
			continue
		}
		results := f.Type.Results
		if n := results.NumFields(); n == 0 || n > 2 {
			continue
		}
		last, ok := results.List[len(results.List)-1].Type.(*ast.Ident)
		if !ok || last.Name != "error" || !isContext(f.Type.Params.List[0].Type, name) {
			continue
		}
		list = append(list, f)
	}
	return list
}

func isContext(t ast.Expr, workflow string) bool {
	if workflow == "." {
		name, ok := t.(*ast.Ident)
		return ok && name.Name == "Context"
	}
	selector, ok := t.(*ast.SelectorExpr)
	if !ok || selector.Sel.Name != "Context" {
		return false
	}
	x, ok := selector.X.(*ast.Ident)
	return ok && x.Name == workflow
}

// receiver returns the name of the type that f is a method of, empty for a
// function; not ok if that type has parameters.
func receiver(f *ast.FuncDecl) (name string, ok bool) {
	if f.Recv == nil {
		return "", true
	}
	t := f.Recv.List[0].Type
	if star, pointer := t.(*ast.StarExpr); pointer {
		t = star.X
	}
	ident, ok := t.(*ast.Ident)
	if !ok {
		return "", false
	}
	return ident.Name, true
}

// importName is what the file calls the package of that path, empty if it does not
// import it; own is the name that the package has by itself.
func importName(tree *ast.File, path, own string) string {
	for _, spec := range tree.Imports {
		if imported, err := strconv.Unquote(spec.Path.Value); err != nil || imported != path {
			continue
		}
		switch {
		case spec.Name == nil:
			return own
		case spec.Name.Name != "_":
			return spec.Name.Name
		}
	}
	return ""
}

// place is FILE:LINE, relative to the module.
func (m Module) place(at token.Position) string {
	file, err := filepath.Rel(m.Dir, at.Filename)
	if err != nil || strings.HasPrefix(file, "..") {
		file = at.Filename
	}
	return fmt.Sprintf("%s:%d", filepath.ToSlash(file), at.Line)
}
