package scaffold

import (
	"bytes"
	"fmt"
	"go/format"
	"path"
	"strconv"
	"strings"
	"text/template"
)

// A page is what the templates are filled with.
type page struct {
	*Package
	Options
	// Test, Families and the names of packages are free in the package of the
	// workflows: a file cannot import worker where that is the name of a function.
	Test, Families                                             string
	OS, Filepath, Testing, Worker, SDK, Versioning, Replaytest string
	// Workflow is that of the folder that a README.md is for.
	Workflow Workflow
	// Inside is the module's folder in the repository, "." if it is the same.
	Inside string
	// NeedsOptions is whether a registration gives a name that is not the function's.
	NeedsOptions bool
	// Program is the command, Alias what it calls the package, Ours this module.
	Program, Alias, Ours string
}

func newPage(p *Package, o Options) *page {
	pg := &page{
		Package: p, Options: o, Test: p.testName(), Families: p.free("families"),
		OS: p.free("os"), Filepath: p.free("filepath"), Testing: p.free("testing"), Worker: p.free("worker"),
		SDK:        p.free("workflow"),
		Versioning: p.free("versioning"), Replaytest: p.free("replaytest"),
		Program: p.Program(), Alias: p.Name, Ours: ourModule,
	}
	if p.Name == "cli" || p.Name == "os" {
		pg.Alias = "workflows"
	}
	if o.Command {
		pg.Families = p.free("Families")
	}
	for _, w := range p.Workflows {
		for _, name := range w.Types {
			pg.NeedsOptions = pg.NeedsOptions || name != w.Func
		}
	}
	return pg
}

// Import is an import line, with a name where the package's own is taken.
func (pg *page) Import(name, importPath string) string {
	if path.Base(importPath) == name {
		return strconv.Quote(importPath)
	}
	return name + " " + strconv.Quote(importPath)
}

// Value is the workflow as an expression of the package.
func (pg *page) Value(w Workflow) string {
	if w.Receiver != "" {
		return "new(" + w.Receiver + ")." + w.Func
	}
	return w.Func
}

// FileOf leaves the line out of FILE:LINE: it would be wrong soon.
func (pg *page) FileOf(place string) string {
	file, _, _ := strings.Cut(place, ":")
	return file
}

// Sentence is what the family says of itself.
func (pg *page) Sentence(w Workflow) string {
	if w.Doc != "" {
		return w.Doc
	}
	return "The workflow " + w.Func + "."
}

var templates = template.New("").Funcs(template.FuncMap{"quote": strconv.Quote})

func parsed(name, text string) *template.Template {
	return template.Must(templates.New(name).Parse(text))
}

func (pg *page) text(t *template.Template) string {
	var out bytes.Buffer
	if err := t.Execute(&out, pg); err != nil {
		panic(fmt.Sprintf("template %s: %v", t.Name(), err)) // the tests execute them all
	}
	return out.String()
}

// source is text in the form of gofmt.
func (pg *page) source(t *template.Template) string {
	text := pg.text(t)
	formatted, err := format.Source([]byte(text))
	if err != nil {
		panic(fmt.Sprintf("template %s: %v in\n%s", t.Name(), err, text))
	}
	return string(formatted)
}
