package source

import (
	"cmp"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// written is the text of the statements, with = for := where the name is declared before them, and
// the parameters as they are called now.
func (f *function) written(list []ast.Stmt, block statements, hoists []hoist, renamed map[string]string) string {
	if len(list) == 0 {
		return ""
	}
	type change struct {
		at, length int
		text       string
	}
	var changes []change
	for _, s := range list {
		if a, ok := s.(*ast.AssignStmt); ok && a.Tok == token.DEFINE && f.sets(a, hoists) {
			changes = append(changes, change{f.offset(a.TokPos), 2, "="})
		}
		if from, to, text, ok := f.assigned(s, hoists); ok {
			changes = append(changes, change{from, to - from, text})
		}
		if len(renamed) > 0 {
			declared := declaredIn(s)
			ast.Inspect(s, func(n ast.Node) bool {
				if sel, ok := n.(*ast.SelectorExpr); ok {
					if id, ok := sel.X.(*ast.Ident); ok && renamed[id.Name] != "" && !declared[id.Name] {
						changes = append(changes, change{f.offset(id.Pos()), len(id.Name), renamed[id.Name]})
					}
					return !ok
				}
				if id, ok := n.(*ast.Ident); ok && renamed[id.Name] != "" && !declared[id.Name] {
					changes = append(changes, change{f.offset(id.Pos()), len(id.Name), renamed[id.Name]})
				}
				return true
			})
		}
	}
	slices.SortFunc(changes, func(a, b change) int { return cmp.Compare(a.at, b.at) })
	from, end := f.offset(list[0].Pos()), f.offset(list[len(list)-1].End())
	var b strings.Builder
	for _, c := range changes {
		if c.at < from {
			continue
		}
		b.Write(f.text[from:c.at])
		b.WriteString(c.text)
		from = c.at + c.length
	}
	b.Write(f.text[from:end])
	b.WriteByte('\n')
	return b.String()
}

// assigned is what is left of a declaration whose variable is declared before the branches.
func (f *function) assigned(s ast.Stmt, hoists []hoist) (from, to int, text string, ok bool) {
	declared := declaredBy([]ast.Stmt{s})
	if _, is := s.(*ast.DeclStmt); !is || len(declared) != 1 ||
		!slices.ContainsFunc(hoists, func(h hoist) bool { return h.name == declared[0].name }) {
		return 0, 0, "", false
	}
	if v := declared[0].value; v != nil {
		text = declared[0].name + " = " + f.source(v.Pos(), v.End())
	}
	return f.offset(s.Pos()), f.offset(s.End()), text, true
}

// sets reports whether all names on the left are hoisted or were there before.
func (f *function) sets(a *ast.AssignStmt, hoists []hoist) bool {
	for _, l := range a.Lhs {
		id, ok := l.(*ast.Ident)
		if ok && slices.ContainsFunc(hoists, func(h hoist) bool { return h.name == id.Name }) {
			return true
		}
	}
	return false
}
