package source

import (
	"go/ast"
	"go/token"
	"slices"
)

// used are the names that the nodes use, and not the names of fields and methods.
func used(nodes ...ast.Node) map[string]bool {
	names := map[string]bool{}
	var visit func(ast.Node)
	visit = func(n ast.Node) {
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				visit(n.X)
				return false
			case *ast.CompositeLit:
				if n.Type != nil {
					visit(n.Type)
				}
				for _, e := range n.Elts {
					if pair, ok := e.(*ast.KeyValueExpr); ok {
						if _, field := pair.Key.(*ast.Ident); !field {
							visit(pair.Key)
						}
						visit(pair.Value)
					} else {
						visit(e)
					}
				}
				return false
			case *ast.BranchStmt, *ast.LabeledStmt:
				if l, ok := n.(*ast.LabeledStmt); ok {
					visit(l.Stmt)
				}
				return false
			case *ast.FuncType:
				return true
			case *ast.Ident:
				names[n.Name] = true
			}
			return true
		})
	}
	for _, n := range nodes {
		visit(n)
	}
	return names
}

// declaredIn are the names that the nodes declare anywhere, also those of literals' parameters.
func declaredIn(nodes ...ast.Node) map[string]bool {
	names := map[string]bool{}
	add := func(ids ...*ast.Ident) {
		for _, id := range ids {
			if id != nil {
				names[id.Name] = true
			}
		}
	}
	for _, n := range nodes {
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				if n.Tok == token.DEFINE {
					for _, l := range n.Lhs {
						if id, ok := l.(*ast.Ident); ok {
							add(id)
						}
					}
				}
			case *ast.RangeStmt:
				for _, x := range []ast.Expr{n.Key, n.Value} {
					if id, ok := x.(*ast.Ident); ok {
						add(id)
					}
				}
			case *ast.ValueSpec:
				add(n.Names...)
			case *ast.TypeSpec:
				add(n.Name)
			case *ast.Field:
				add(n.Names...)
			}
			return true
		})
	}
	return names
}

// A declaration is a name that a statement of a list declares for those after it.
type declaration struct {
	name string
	// value is what the name is set to, nil if that is not one expression. Result is its number among
	// the results of value.
	value  ast.Expr
	result int
	// typed is the type that the code says, nil if it says none.
	typed ast.Expr
	in    ast.Stmt
}

// declaredBy are the names that the statements declare for those after them.
func declaredBy(list []ast.Stmt) (declared []declaration) {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.AssignStmt:
			if s.Tok != token.DEFINE {
				continue
			}
			for i, l := range s.Lhs {
				if id, ok := l.(*ast.Ident); ok && id.Name != "_" {
					d := declaration{name: id.Name, in: s}
					if len(s.Rhs) == len(s.Lhs) {
						d.value = s.Rhs[i]
					} else {
						d.value, d.result = s.Rhs[0], i
					}
					declared = append(declared, d)
				}
			}
		case *ast.DeclStmt:
			g, ok := s.Decl.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range g.Specs {
				switch v := spec.(type) {
				case *ast.ValueSpec:
					for i, id := range v.Names {
						d := declaration{name: id.Name, typed: v.Type, in: s}
						if len(v.Values) == len(v.Names) {
							d.value = v.Values[i]
						}
						declared = append(declared, d)
					}
				case *ast.TypeSpec:
					declared = append(declared, declaration{name: v.Name.Name, in: s})
				}
			}
		}
	}
	return declared
}

func nodes[S ast.Node](list []S) (all []ast.Node) {
	for _, s := range list {
		all = append(all, s)
	}
	return all
}

// unique is the first of the names that the function does not use yet.
func (f *function) unique(names ...string) string {
	taken := used(f.around[0])
	declared := declaredIn(f.around[0])
	i := slices.IndexFunc(names, func(n string) bool { return !taken[n] && !declared[n] })
	if i < 0 {
		return ""
	}
	return names[i]
}
