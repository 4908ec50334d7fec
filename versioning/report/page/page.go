// Package page writes matrices as one HTML page. The page needs no other file and no network.
package page

import (
	"bufio"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/palette"
)

// Write writes the matrices as one page that needs no network and no other file. Without scripts
// the page is still a readable table. The content policy of the page (https://www.w3.org/TR/CSP3/)
// lets nothing run or load that is not written in the page.
//
// A click on a cell opens its explanation, with history and code side by side. The fragment of the
// address names the cell, so page.html#patching/initial.completed@patched is a link to a cell.
// docs/html.md says how to use the page.
//
// The error wraps matrix.ErrFolded if a matrix does not have each row.
func Write(w io.Writer, opts Options, matrices ...*matrix.Matrix) error {
	if err := matrix.Whole(matrices...); err != nil {
		return fmt.Errorf("writing the matrix as HTML: %w", err)
	}
	p := newHTMLPage(opts, matrices)
	data, err := json.Marshal(p.data) // which escapes <, > and &
	if err != nil {
		return fmt.Errorf("writing the matrix as HTML: %w", err)
	}
	view := p.view(opts, matrices)
	view.CSS, view.Script, view.Data = template.CSS(htmlStyle), template.JS(htmlScript), template.JS(data)
	view.Policy = htmlPolicy
	b := bufio.NewWriter(w)
	if err := htmlTemplate.Execute(b, view); err != nil {
		return fmt.Errorf("writing the matrix as HTML: %w", err)
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("writing the matrix as HTML: %w", err)
	}
	return nil
}

//go:embed html
var htmlFiles embed.FS

var (
	htmlTemplate = template.Must(template.ParseFS(htmlFiles, "html/*.tmpl")).Lookup("page.tmpl")
	htmlStyle    = palette.CSS() + htmlAssets("page.css", "findings.css", "grid.css", "panel.css", "print.css")
	htmlScript   = htmlAssets("data.js", "fold.js", "filter.js", "grid.js", "panel.js", "route.js", "start.js")

	// htmlPolicy allows the style and the script by their hashes, and nothing else.
	htmlPolicy = fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'; base-uri 'none'; "+
		"form-action 'none'",
		sha256Of(htmlStyle), sha256Of(htmlScript))
)

func htmlAssets(names ...string) string {
	var b strings.Builder
	for _, name := range names {
		data, err := htmlFiles.ReadFile("html/" + name)
		if err != nil {
			panic(err) // the file is missing in the module
		}
		b.Write(data)
	}
	return b.String()
}

func sha256Of(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.StdEncoding.EncodeToString(sum[:])
}
