package advice

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// withImports adds the import paths that the source does not have. Each comes behind those of its
// kind, the standard library before all others, so that gofmt can sort them.
func withImports(src []byte, paths []string) ([]byte, error) {
	for _, path := range paths {
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, "", src, parser.ImportsOnly|parser.ParseComments)
		if err != nil {
			return nil, err
		}
		if imports(file, path) {
			continue
		}
		at, text := importOf(file, path)
		i := set.Position(at).Offset
		src = slices.Concat(src[:i], []byte(text), src[i:])
	}
	return src, nil
}

// imports reports whether the file has the import under a name that code can use.
func imports(file *ast.File, path string) bool {
	return slices.ContainsFunc(file.Imports, func(s *ast.ImportSpec) bool {
		return pathOf(s) == path && (s.Name == nil || s.Name.Name != "_")
	})
}

func pathOf(s *ast.ImportSpec) string {
	path, _ := strconv.Unquote(s.Path.Value)
	return path
}

// importOf returns the new import, and where in the file it comes.
func importOf(file *ast.File, path string) (token.Pos, string) {
	quoted := strconv.Quote(path)
	var block *ast.GenDecl
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT && g.Rparen.IsValid() && len(g.Specs) > 0 {
			block = g
			break
		}
	}
	switch {
	case block != nil:
	case len(file.Decls) > 0:
		return file.Decls[0].Pos(), fmt.Sprintf("import %s\n", quoted)
	default:
		return file.Name.End(), fmt.Sprintf("\n\nimport %s", quoted)
	}
	var last *ast.ImportSpec
	for _, spec := range block.Specs {
		if s := spec.(*ast.ImportSpec); standard(pathOf(s)) == standard(path) {
			last = s
		}
	}
	switch {
	case last != nil:
		return last.Pos(), fmt.Sprintf("%s\n\t", quoted)
	case standard(path):
		return block.Specs[0].Pos(), fmt.Sprintf("%s\n\n\t", quoted)
	default:
		return block.Rparen, fmt.Sprintf("\n\t%s\n", quoted)
	}
}

// standard reports whether the import is one of the standard library, which has no dot in its first
// element.
func standard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}
