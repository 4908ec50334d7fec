package acceptance

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
)

var rendered = flag.String("rendered", "", "write the rendered Markdown into this folder, to be looked at in a browser")

// gfm is what GitHub renders, as far as this library can: tables, HTML, autolinks.
var gfm = goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))

// TestMarkdownRenders renders what the command and the goldens of package report
// hold, as GitHub would, and checks that what is meant as a table is one, and that
// nothing else became markup.
func TestMarkdownRenders(t *testing.T) {
	t.Parallel()
	documents := map[string]string{}
	goldens, err := filepath.Glob("../versioning/report/testdata/ci/*.md")
	require.NoError(t, err)
	require.NotEmpty(t, goldens)
	for _, file := range goldens {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		documents[filepath.Base(file)] = string(data)
	}
	for name, args := range map[string][]string{
		"fail.md":    {"matrix", "deployments", "activation", "cutover", "--format", "markdown", "--fail-on", "unregistered"},
		"timer.md":   {"matrix", "runtimechecks/timer", "--format", "markdown"},
		"explain.md": {"explain", "patching/initial.completed@patch-complete", "runtimechecks/timer/base.open@other-duration", "--format", "markdown"},
	} {
		documents[name] = output(t, args...)
	}
	documents["all.md"] = everything(t, "markdown")
	for name, document := range documents {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkMarkdown(t, document)
			if *rendered != "" {
				var page bytes.Buffer
				page.WriteString(pageHead)
				require.NoError(t, gfm.Convert([]byte(document), &page))
				require.NoError(t, os.WriteFile(filepath.Join(*rendered, name+".html"), page.Bytes(), 0o644))
			}
		})
	}
}

// pageHead has what decides how wide a comment is on GitHub.
const pageHead = `<!doctype html><meta charset="utf-8"><style>
body { font: 14px/1.5 sans-serif; width: 860px; margin: 20px auto; }
table { border-collapse: collapse; display: block; overflow: auto; margin-bottom: 16px } td, th { border: 1px solid #d0d7de; padding: 6px 13px }
code { background: #eff1f3; padding: .2em .4em; font-size: 85% } pre { background: #f6f8fa; padding: 16px; overflow: auto; font-size: 85% }
details { margin-bottom: 8px }</style>
`

func checkMarkdown(t *testing.T, document string) {
	t.Helper()
	source := []byte(document)
	root := gfm.Parser().Parse(text.NewReader(source))
	rows, fences := 0, 0
	require.NoError(t, ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *east.TableRow, *east.TableHeader:
			rows++
			table := n.Parent().(*east.Table)
			require.Equal(t, len(table.Alignments), n.ChildCount(), "a row has a cell for each column")
			for cell := n.FirstChild(); cell != nil; cell = cell.NextSibling() {
				require.NotContains(t, rawOf(cell, source), "| ", "a cell swallows another one")
			}
		case *ast.FencedCodeBlock:
			fences++
		case *ast.Link, *ast.Image, *ast.Emphasis, *east.Strikethrough:
			if e, ok := n.(*ast.Emphasis); ok {
				word := string(e.Text(source))
				require.Regexp(t, `^(breaks|changes|answers|otherwise|answers otherwise|findings|not now|Deploy:?|Roll back:?|This check:|Missing recordings:|Left out|DRIFT|NONDET|V<MIN|V>MAX|V&#6[02];(MIN|MAX)|UNREG|PANIC|[A-Z][A-Za-z ]+)$`, word, "only our own words are loud")
				break
			}
			t.Errorf("%T: a text became markup", n)
		case *ast.Heading:
			require.Contains(t, []int{2, 3}, n.Level, "a text became a heading")
		case *ast.CodeBlock:
			t.Errorf("an indented line became code")
		}
		return ast.WalkContinue, nil
	}))
	lines, inFence, fenceLines := 0, "", 0
	fence := regexp.MustCompile("^(`{3,})[a-z]*$")
	for line := range strings.Lines(document) {
		line = strings.TrimRight(line, "\n")
		switch m := fence.FindStringSubmatch(line); {
		case inFence != "" && line == inFence:
			inFence = ""
		case inFence != "":
		case m != nil:
			inFence = m[1]
			fenceLines++
		case strings.HasPrefix(line, "|") && !strings.HasPrefix(line, "|---") && !strings.HasPrefix(line, "|:-"):
			if !regexp.MustCompile(`^\|-+`).MatchString(line) {
				lines++
			}
		}
	}
	require.Empty(t, inFence, "a block of code does not end")
	require.Equal(t, lines, rows, "each line of a table is a row of one")
	require.Equal(t, fenceLines, fences)

	var page bytes.Buffer
	require.NoError(t, gfm.Convert(source, &page))
	checkTags(t, page.String())
}

// checkTags fails if an element is opened and not closed in its place.
func checkTags(t *testing.T, page string) {
	t.Helper()
	var open []string
	for _, m := range regexp.MustCompile(`<(/?)([a-z0-9]+)[^>]*?(/?)>`).FindAllStringSubmatch(page, -1) {
		switch name := m[2]; {
		case name == "br" || name == "hr" || m[3] == "/":
		case m[1] == "":
			require.Regexp(t, `^(h2|h3|p|ul|li|table|thead|tbody|tr|th|td|strong|code|pre|details|summary|b|sub|span|blockquote)$`, name, "a text became markup")
			open = append(open, name)
		default:
			require.NotEmpty(t, open)
			require.Equal(t, open[len(open)-1], name)
			open = open[:len(open)-1]
		}
	}
	require.Empty(t, open)
}

func rawOf(n ast.Node, source []byte) string {
	var b strings.Builder
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		fmt.Fprintf(&b, "%s", child.Text(source))
	}
	return b.String()
}
