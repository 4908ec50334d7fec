package source

import (
	"go/ast"
	"go/token"
	"strings"
)

// restores reports whether what stood there is what stands there now, in the newest branch of a
// GetVersion call beside the older ones: then it is to be kept as it was, and no new version is needed.
func (f *function) restores(w *function, d difference) bool {
	was, branched := w.newest(d.was.of(d.before.list))
	now, branches := f.newest(d.now.of(d.block.list))
	if !branched || strings.Join(was, "\n") != strings.Join(now, "\n") {
		return false
	}
	asked := w.changeIDs(d.was.of(d.before.list))
	for id := range f.changeIDs(d.now.of(d.block.list)) {
		if !asked[id] {
			return false
		}
	}
	// What is there now must not have more branches than what is put back.
	return !branches || len(w.plainAll(d.was.of(d.before.list))) > len(f.plainAll(d.now.of(d.block.list)))
}

func (f *function) plainAll(list []ast.Stmt) (text string) {
	for _, s := range list {
		text += f.plain(s)
	}
	return text
}

// changeIDs are the texts of the change IDs that the statements ask for.
func (f *function) changeIDs(list []ast.Stmt) map[string]bool {
	ids := map[string]bool{}
	for _, s := range list {
		ast.Inspect(s, func(n ast.Node) bool {
			if c, ok := n.(*ast.CallExpr); ok && f.asks(c) && len(c.Args) == 4 {
				ids[f.plain(c.Args[1])] = true
			}
			return true
		})
	}
	return ids
}

// newest is the text of the statements as executions run them that begin now.
func (f *function) newest(list []ast.Stmt) (texts []string, branched bool) {
	versions := map[string]bool{}
	for _, s := range list {
		if a, ok := s.(*ast.AssignStmt); ok && len(a.Lhs) == 1 && f.asks(a.Rhs[0]) {
			if id, ok := a.Lhs[0].(*ast.Ident); ok {
				versions[id.Name] = true
				continue
			}
		}
		body, ok := f.newestBranch(s, versions)
		if !ok {
			texts = append(texts, f.withoutVersions([]ast.Stmt{s})...)
			continue
		}
		branched = true
		texts = append(texts, f.withoutVersions(body)...)
	}
	return texts, branched
}

// newestBranch is the branch of the statement that the highest version takes.
func (f *function) newestBranch(s ast.Stmt, versions map[string]bool) ([]ast.Stmt, bool) {
	isVersion := func(x ast.Expr) bool {
		id, ok := x.(*ast.Ident)
		return ok && versions[id.Name] || f.asks(x)
	}
	switch s := s.(type) {
	case *ast.IfStmt:
		if a, ok := s.Init.(*ast.AssignStmt); ok && len(a.Lhs) == 1 && f.asks(a.Rhs[0]) {
			if id, ok := a.Lhs[0].(*ast.Ident); ok {
				versions = map[string]bool{id.Name: true}
			}
		} else if s.Init != nil {
			return nil, false
		}
		c, ok := s.Cond.(*ast.BinaryExpr)
		if !ok || !isVersion(c.X) {
			return nil, false
		}
		switch c.Op {
		case token.EQL, token.LSS, token.LEQ:
			if s.Else == nil {
				return nil, true
			}
			b, ok := s.Else.(*ast.BlockStmt)
			if !ok {
				return f.newestBranch(s.Else, versions)
			}
			return b.List, true
		case token.NEQ, token.GTR, token.GEQ:
			return s.Body.List, true
		}
	case *ast.SwitchStmt:
		if s.Tag == nil || !isVersion(s.Tag) || s.Init != nil {
			return nil, false
		}
		for _, c := range s.Body.List {
			if clause := c.(*ast.CaseClause); clause.List == nil {
				return clause.Body, true
			}
		}
	}
	return nil, false
}

// asks reports whether the expression is a call of GetVersion.
func (f *function) asks(x ast.Expr) bool {
	c, ok := x.(*ast.CallExpr)
	if !ok {
		return false
	}
	s, ok := c.Fun.(*ast.SelectorExpr)
	return ok && s.Sel.Name == "GetVersion" && isName(s.X, f.workflowPackage())
}

// withoutVersions is the text of the statements, without GetVersion calls whose answer nobody takes.
func (f *function) withoutVersions(list []ast.Stmt) (texts []string) {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.ExprStmt:
			if f.asks(s.X) {
				continue
			}
		case *ast.AssignStmt:
			if len(s.Lhs) == 1 && isName(s.Lhs[0], "_") && f.asks(s.Rhs[0]) {
				continue
			}
		}
		texts = append(texts, f.plain(s))
	}
	return texts
}
