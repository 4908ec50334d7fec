package scaffold

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
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
		r := reader{candidates: candidates, inside: filepath.Dir(file) == home, called: importName(tree, p.ImportPath, p.Name), constants: values, own: constants(tree)}
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

// A reader understands the arguments of registrations in one file.
type reader struct {
	candidates map[string]*Workflow
	// inside is whether the file is one of the package, called is what it calls it
	// otherwise.
	inside bool
	called string
	// constants are the strings of the package, own those of the file.
	constants, own map[string]string
}

// functions returns the keys of what the expression stands for: a function by its
// name, or a method by its name and, where that can be seen, the type.
func (r reader) functions(e ast.Expr) (keys []string) {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if key := "." + e.Name; r.inside && r.candidates[key] != nil {
			return []string{key}
		}
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok && r.called != "" && x.Name == r.called {
			if key := "." + e.Sel.Name; r.candidates[key] != nil {
				return []string{key}
			}
			return nil
		}
		typed := typeOf(e.X)
		for key, w := range r.candidates {
			if w.Receiver != "" && w.Func == e.Sel.Name && (typed == "" || typed == w.Receiver) {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// typeOf is the name of the type in T{}, &T{}, new(T) and the same with a package,
// empty for everything else.
func typeOf(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.UnaryExpr:
		return typeOf(e.X)
	case *ast.CompositeLit:
		return lastName(e.Type)
	case *ast.CallExpr:
		if f, ok := e.Fun.(*ast.Ident); ok && f.Name == "new" && len(e.Args) == 1 {
			return lastName(e.Args[0])
		}
	}
	return ""
}

func lastName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// optionName is Name in RegisterOptions{Name: …}, empty if it is not set.
func (r reader) optionName(e ast.Expr) (name string, unread bool) {
	options, ok := ast.Unparen(e).(*ast.CompositeLit)
	if !ok {
		return "", true
	}
	for _, element := range options.Elts {
		field, ok := element.(*ast.KeyValueExpr)
		if !ok {
			return "", true
		}
		if key, ok := field.Key.(*ast.Ident); ok && key.Name == "Name" {
			return r.text(field.Value)
		}
	}
	return "", false
}

// text is the value of a string literal or of a constant.
func (r reader) text(e ast.Expr) (value string, unread bool) {
	ok := false
	switch e := ast.Unparen(e).(type) {
	case *ast.BasicLit:
		value, ok = literal(e)
	case *ast.Ident:
		if value, ok = r.own[e.Name]; !ok && r.inside {
			value, ok = r.constants[e.Name]
		}
	case *ast.SelectorExpr:
		if x, isName := e.X.(*ast.Ident); isName && r.called != "" && x.Name == r.called {
			value, ok = r.constants[e.Sel.Name]
		}
	}
	return value, !ok
}

func literal(e *ast.BasicLit) (string, bool) {
	value, err := strconv.Unquote(e.Value)
	return value, err == nil && e.Kind == token.STRING
}

// constants are the string constants at the top of the file.
func constants(tree *ast.File) map[string]string {
	values := map[string]string{}
	for _, decl := range tree.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.CONST {
			continue
		}
		for _, spec := range group.Specs {
			spec := spec.(*ast.ValueSpec)
			for i, name := range spec.Names {
				if i >= len(spec.Values) {
					break
				}
				if e, ok := spec.Values[i].(*ast.BasicLit); ok {
					if value, ok := literal(e); ok {
						values[name.Name] = value
					}
				}
			}
		}
	}
	return values
}

// constants are those of all files in the package.
func (p *Package) constants(home string) map[string]string {
	all := map[string]string{}
	files, _ := filepath.Glob(filepath.Join(home, "*.go"))
	for _, file := range files {
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			continue
		}
		for name, value := range constants(tree) {
			all[name] = value
		}
	}
	return all
}
