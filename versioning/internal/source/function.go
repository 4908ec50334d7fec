package source

import (
	"go/ast"
	"go/token"
)

// A function is a function of a file, with those around it where it is a literal.
type function struct {
	*file
	// around are the declaration and the literals in it, the outermost first and the function last.
	around []ast.Node
}

// functionAt returns the innermost function whose body has the line, nil if there is none.
func functionAt(at Line) *function {
	f := read(at.File)
	if f == nil {
		return nil
	}
	var around []ast.Node
	ast.Inspect(f.ast, func(n ast.Node) bool {
		if n == nil || f.line(n.Pos()) > at.Number || f.line(n.End()) < at.Number {
			return n != nil && n == ast.Node(f.ast)
		}
		if f.runs(n, at.Number) {
			around = append(around, n)
		}
		return true
	})
	if len(around) == 0 {
		return nil
	}
	return &function{f, around}
}

// runs reports whether the line is one of the function's. The line in which a literal begins is that of
// the call which gets it.
func (f *file) runs(n ast.Node, line int) bool {
	body := bodyOf(n)
	if body == nil || f.line(body.Rbrace) < line {
		return false
	}
	if _, literal := n.(*ast.FuncLit); literal {
		return f.line(body.Lbrace) < line
	}
	return f.line(body.Lbrace) <= line
}

func (f *function) node() ast.Node { return f.around[len(f.around)-1] }

func (f *function) body() *ast.BlockStmt { return bodyOf(f.node()) }

func (f *function) is(other *function) bool {
	return f.path == other.path && f.set.Position(f.node().Pos()) == other.set.Position(other.node().Pos())
}

func bodyOf(n ast.Node) *ast.BlockStmt {
	switch n := n.(type) {
	case *ast.FuncDecl:
		return n.Body
	case *ast.FuncLit:
		return n.Body
	}
	return nil
}

func typeOf(n ast.Node) *ast.FuncType {
	switch n := n.(type) {
	case *ast.FuncDecl:
		return n.Type
	case *ast.FuncLit:
		return n.Type
	}
	return nil
}

// name is what a person calls the function: that of the declaration around it.
func (f *function) name() string {
	for _, n := range f.around {
		if d, ok := n.(*ast.FuncDecl); ok {
			return d.Name.Name
		}
	}
	return ""
}

// context is the name of the workflow.Context that the function can ask for a version, "" if it has
// none: the innermost parameter of that type.
func (f *function) context() string {
	pkg := f.workflowPackage()
	for i := len(f.around) - 1; i >= 0 && pkg != ""; i-- {
		for _, p := range typeOf(f.around[i]).Params.List {
			if s, ok := p.Type.(*ast.SelectorExpr); ok && s.Sel.Name == "Context" && isName(s.X, pkg) {
				for _, n := range p.Names {
					if n.Name != "_" {
						return n.Name
					}
				}
			}
		}
	}
	return ""
}

func isName(x ast.Expr, name string) bool {
	id, ok := x.(*ast.Ident)
	return ok && id.Name == name
}

// parameters are the names of the receiver, the parameters and the results, in order, "" for one
// without a name.
func (f *function) parameters() (names []string) {
	list := func(fields *ast.FieldList) {
		if fields == nil {
			return
		}
		for _, p := range fields.List {
			if len(p.Names) == 0 {
				names = append(names, "")
			}
			for _, n := range p.Names {
				names = append(names, n.Name)
			}
		}
	}
	if d, ok := f.node().(*ast.FuncDecl); ok {
		list(d.Recv)
	}
	list(typeOf(f.node()).Params)
	list(typeOf(f.node()).Results)
	return names
}

// results is the text of the types that the function returns.
func (f *function) results() string {
	if r := typeOf(f.node()).Results; r != nil {
		return f.plain(&ast.FuncType{Params: &ast.FieldList{}, Results: r})
	}
	return ""
}

// statements is a list of statements, of a block or of a case.
type statements struct {
	list []ast.Stmt
	// end is where the block ends.
	end token.Pos
}

// blocksTo are the lists of statements around the line, the outermost first, within the function.
func (f *function) blocksTo(line int) (blocks []statements) {
	ast.Inspect(f.body(), func(n ast.Node) bool {
		if n == nil || f.line(n.Pos()) > line || f.line(n.End()) < line {
			return false
		}
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.BlockStmt:
			blocks = append(blocks, statements{n.List, n.Rbrace})
		case *ast.CaseClause:
			blocks = append(blocks, statements{n.Body, n.End()})
		case *ast.CommClause:
			blocks = append(blocks, statements{n.Body, n.End()})
		}
		return true
	})
	return blocks
}
