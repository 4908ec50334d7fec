package scaffold

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
)

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
