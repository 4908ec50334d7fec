package source

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

func inSequence(n int) (sequence []int) {
	for i := range n {
		sequence = append(sequence, i)
	}
	return sequence
}

// rearranged puts the statements of the list in the order of the sequence. A context that one of them needs comes
// along with it. It reports false if a statement then has not got what it has now.
func (f *function) rearranged(in statements, sequence []int) (rewrites []rewrite, ok bool) {
	sequence = f.withContexts(in, sequence)
	for i, first := range sequence {
		for _, second := range sequence[i+1:] {
			if first > second && clash(in.list[first], in.list[second]) {
				return nil, false
			}
		}
	}
	for slot, from := range sequence {
		if slot != from {
			s, was := in.list[slot], in.list[from]
			rewrites = append(rewrites, rewrite{f.offset(s.Pos()), f.offset(s.End()), f.source(was.Pos(), was.End())})
		}
	}
	return rewrites, true
}

// withContexts has the statements that only derive contexts, or give options names, stand before those that
// use them.
func (f *function) withContexts(in statements, sequence []int) []int {
	for moved := true; moved; {
		moved = false
		for i, user := range sequence {
			names := used(in.list[user])
			at := slices.IndexFunc(sequence[i+1:], func(later int) bool {
				return later < user && f.derives(in.list[later]) && common(names, set(in.list[later]))
			})
			if at < 0 {
				continue
			}
			derives := sequence[i+1+at]
			sequence = slices.Delete(slices.Clone(sequence), i+1+at, i+2+at)
			sequence = slices.Insert(sequence, i, derives)
			moved = true
			break
		}
	}
	return sequence
}

// derives reports whether the statement does nothing but to declare a context or a value: an execution does not
// notice where it stands.
func (f *function) derives(s ast.Stmt) bool {
	if len(declaredBy([]ast.Stmt{s})) == 0 {
		return false
	}
	only := true
	ast.Inspect(s, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			fun, selects := call.Fun.(*ast.SelectorExpr)
			only = only && selects && isName(fun.X, f.workflowPackage()) &&
				(strings.HasPrefix(fun.Sel.Name, "With") || fun.Sel.Name == "NewDisconnectedContext")
		}
		return only
	})
	return only
}

// clash reports whether one of the statements sets what the other one uses.
func clash(a, b ast.Stmt) bool { return common(set(a), used(b)) || common(set(b), used(a)) }

func common(a, b map[string]bool) bool {
	for name := range a {
		if b[name] {
			return true
		}
	}
	return false
}

// set are the names that the statement declares for those after it, assigns to, or gives the address of.
func set(s ast.Stmt) map[string]bool {
	names := map[string]bool{}
	for _, d := range declaredBy([]ast.Stmt{s}) {
		names[d.name] = true
	}
	ast.Inspect(s, func(n ast.Node) bool {
		var targets []ast.Expr
		switch n := n.(type) {
		case *ast.AssignStmt:
			if n.Tok != token.DEFINE {
				targets = n.Lhs
			}
		case *ast.IncDecStmt:
			targets = []ast.Expr{n.X}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				targets = []ast.Expr{n.X}
			}
		}
		for _, x := range targets {
			if id, ok := x.(*ast.Ident); ok && id.Name != "_" {
				names[id.Name] = true
			}
		}
		return true
	})
	return names
}
