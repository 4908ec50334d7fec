package workflows_test

import (
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/printer"
	"go/token"
	"regexp"
	"strings"
)

// faultsOfCode looks at the statements alone. Those of a sketch have in comments what they leave out.
func faultsOfCode(code string, sketch bool) (faults []string) {
	const before = "package p\n\nfunc _() {\n"
	var indented strings.Builder
	for line := range strings.Lines(code + "\n") {
		if line != "\n" {
			indented.WriteByte('\t')
		}
		indented.WriteString(line)
	}
	set := token.NewFileSet()
	mode := parser.SkipObjectResolution
	if sketch {
		mode |= parser.ParseComments
	}
	file, err := parser.ParseFile(set, "", before+code+"\n}\n", mode)
	if err != nil {
		return []string{err.Error()}
	}
	whole := before + indented.String() + "}\n"
	if formatted, err := format.Source([]byte(whole)); err != nil || whole != string(formatted) {
		faults = append(faults, "gofmt would change it")
	}
	line := func(n ast.Node) int { return set.Position(n.Pos()).Line - strings.Count(before, "\n") }
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt:
			declared := map[string]bool{}
			for _, s := range n.List {
				if name := again(s, declared); name != "" {
					faults = append(faults, fmt.Sprintf("line %d declares %s again", line(s), name))
				}
			}
		case *ast.IfStmt:
			if n.Else != nil && textOf(set, file, n.Body) == textOf(set, file, n.Else) {
				faults = append(faults, fmt.Sprintf("line %d has two branches that do the same", line(n)))
			}
		}
		return true
	})
	return faults
}

// numbered is a comment that tells only where in a history the line is.
var numbered = regexp.MustCompile(`\s*// event \d+$|event \d+, `)

// textOf is the node with the comments that were parsed.
func textOf(set *token.FileSet, file *ast.File, n ast.Node) string {
	var text strings.Builder
	_ = format.Node(&text, set, &printer.CommentedNode{Node: n, Comments: file.Comments})
	var lines []string
	for line := range strings.Lines(text.String()) {
		lines = append(lines, numbered.ReplaceAllString(strings.TrimSpace(line), ""))
	}
	return strings.Join(lines, "\n")
}

// again returns the first name of a short declaration that declares none anew.
func again(s ast.Stmt, declared map[string]bool) (name string) {
	assigned, ok := s.(*ast.AssignStmt)
	if !ok || assigned.Tok != token.DEFINE {
		return ""
	}
	anew := false
	for _, left := range assigned.Lhs {
		if id, ok := left.(*ast.Ident); ok && id.Name != "_" {
			anew = anew || !declared[id.Name]
			declared[id.Name] = true
			if name == "" {
				name = id.Name
			}
		}
	}
	if anew {
		return ""
	}
	return name
}
