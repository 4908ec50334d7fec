package text

import (
	"fmt"
	"io"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/sidebyside"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
)

// BriefOptions say what Brief leaves out.
type BriefOptions struct {
	// NoTable leaves out history and code.
	NoTable bool
	// Cure, if not empty, stands in place of what to do and of the Go code. A caller that shows many
	// cells says the same once.
	Cure string
}

// Brief writes of an explained cell what Line and Live do not say, in few lines: the first divergence
// with the commands around it, what to do, and the Go code for that.
func Brief(w io.Writer, opts BriefOptions, c matrix.Cell) error {
	view := sidebyside.New(report.Explained{Cell: c}, false)
	view.Brief = true
	b := &explainer{terminal.New(w, false, 0), view}
	if c.Explanation != nil && !opts.NoTable {
		sidebyside.WriteTable(b.Writer, view)
	}
	says := advice.ExplainLive(c.Result, c.Effects)
	if opts.Cure != "" {
		says.Do, says.Code = opts.Cure, ""
	}
	if says.Do != "" {
		const label = "What to do: "
		b.Printf("%s%s\n", label, prose.Wrap(prose.Plain(says.Do), b.Width, len(label)))
	}
	if strings.TrimSpace(says.Code) != "" {
		writeCode(b.Writer, says.Code)
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("writing the explanation: %w", err)
	}
	return nil
}
