package scaffold

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
)

// registration is what the module's source says of how one workflow is registered.
type registration struct {
	types   []string
	at      string
	dynamic bool
	// unread is whether a name is an expression that is not understood.
	unread bool
}

func (r *registration) apply(w *Workflow) {
	w.Registered, w.Unread = r.at, r.unread
	for _, name := range r.types {
		if name == "" {
			name = w.Func
		}
		if !slices.Contains(w.Types, name) {
			w.Types = append(w.Types, name)
		}
	}
}

// registrations finds the calls of RegisterWorkflow, RegisterWorkflowWithOptions and
// RegisterDynamicWorkflow in the module that are given one of the candidates.
func (p *Package) registrations(candidates map[string]*Workflow) map[string]*registration {
	found := map[string]*registration{}
	home := filepath.Join(p.Module.Dir, filepath.FromSlash(p.Folder))
	values := p.constants(home)
	p.Module.walk(func(file string, source []byte) {
		if !bytes.Contains(source, []byte("Register")) {
			return
		}
		fset := token.NewFileSet()
		tree, err := parser.ParseFile(fset, file, source, parser.SkipObjectResolution)
		if err != nil {
			return
		}
		r := reader{candidates: candidates, inside: filepath.Dir(file) == home,
			called: importName(tree, p.ImportPath, p.Name), constants: values, own: constants(tree)}
		if !r.inside && r.called == "" {
			return
		}
		ast.Inspect(tree, func(node ast.Node) bool {
			call, ok := node.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			method, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			name, unread := "", false
			switch method.Sel.Name {
			case "RegisterWorkflow", "RegisterDynamicWorkflow":
			case "RegisterWorkflowWithOptions":
				if len(call.Args) < 2 {
					return true
				}
				name, unread = r.optionName(call.Args[1])
			default:
				return true
			}
			for _, key := range r.functions(call.Args[0]) {
				if found[key] == nil {
					found[key] = &registration{at: p.Module.place(fset.Position(call.Pos()))}
				}
				found[key].types = append(found[key].types, name)
				found[key].unread = found[key].unread || unread
				found[key].dynamic = method.Sel.Name == "RegisterDynamicWorkflow"
			}
			return true
		})
	})
	return found
}
