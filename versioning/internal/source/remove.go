package source

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// remove takes the statement away, and those after it that use what it sets. It returns nil if the function
// would return nothing without them, or would not wait for something else any more.
func (f *function) remove(in statements, at int) (rewrites []rewrite) {
	gone := f.begun(in.list[at])
	for name := range gone {
		if !in.declaredBefore(at+1, name) {
			return nil // it is used where nobody looks
		}
	}
	for i := at; i < len(in.list); i++ {
		s := in.list[i]
		if i != at && !common(used(s), gone) {
			continue
		}
		if i != at {
			if kept, ok := f.withoutParts(s, gone); ok {
				rewrites = append(rewrites, kept...)
				continue
			}
			if f.waitsFor(s, gone) {
				return nil
			}
		}
		if r, ok := s.(*ast.ReturnStmt); ok {
			if len(r.Results) == 1 && f.results() == "func() error" {
				return append(rewrites, rewrite{f.offset(s.Pos()), f.offset(s.End()), "return nil"})
			}
			return nil
		}
		for _, d := range declaredBy([]ast.Stmt{s}) {
			gone[d.name] = true
		}
		rewrites = append(rewrites, rewrite{f.offset(s.Pos()), f.offset(s.End()), ""})
	}
	return rewrites
}

// begun are the futures that the statement assigns to variables that are there: without it they are nil.
func (f *function) begun(s ast.Stmt) map[string]bool {
	names := map[string]bool{}
	ast.Inspect(s, func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if !ok || a.Tok != token.ASSIGN || len(a.Lhs) != len(a.Rhs) {
			return true
		}
		for i, left := range a.Lhs {
			if id, ok := left.(*ast.Ident); ok && id.Name != "_" &&
				strings.HasSuffix(f.typeOfExpr(a.Rhs[i], 0), "Future") {
				names[id.Name] = true
			}
		}
		return true
	})
	return names
}

// withoutParts takes the arguments of errors.Join away that use one of the names. It reports false if the
// statement uses them elsewhere too, or if no argument is left.
func (f *function) withoutParts(s ast.Stmt, gone map[string]bool) (rewrites []rewrite, ok bool) {
	var parts []ast.Node
	ast.Inspect(s, func(n ast.Node) bool {
		call, is := n.(*ast.CallExpr)
		if !is || !f.joins(call) {
			return true
		}
		var left []string
		for _, x := range call.Args {
			if common(used(x), gone) {
				parts = append(parts, x)
			} else {
				left = append(left, f.source(x.Pos(), x.End()))
			}
		}
		if 0 < len(left) && len(left) < len(call.Args) {
			from, to := call.Args[0].Pos(), call.Args[len(call.Args)-1].End()
			if len(left) == 1 {
				from, to = call.Pos(), call.End() // it joins nothing any more
			}
			rewrites = append(rewrites, rewrite{f.offset(from), f.offset(to), strings.Join(left, ", ")})
		}
		return false
	})
	elsewhere := false
	ast.Inspect(s, func(n ast.Node) bool {
		if n == nil || slices.Contains(parts, n) {
			return false
		}
		id, is := n.(*ast.Ident)
		elsewhere = elsewhere || is && gone[id.Name]
		return true
	})
	return rewrites, len(rewrites) > 0 && !elsewhere
}

func (f *function) joins(call *ast.CallExpr) bool {
	fun, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || fun.Sel.Name != "Join" || call.Ellipsis.IsValid() {
		return false
	}
	pkg, ok := fun.X.(*ast.Ident)
	return ok && f.importsByName()[pkg.Name] == "errors"
}

// waitsFor reports whether the statement waits for a future that has none of the names.
func (f *function) waitsFor(s ast.Stmt, except map[string]bool) (found bool) {
	ast.Inspect(s, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if ok && calledName(call) == "Get" && len(call.Args) == 2 {
			if fun, ok := call.Fun.(*ast.SelectorExpr); ok && !common(used(fun.X), except) {
				found = true
			}
		}
		return !found
	})
	return found
}
