package advice

import (
	"cmp"
	"fmt"
	"os"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// earlier begins the edit at the line at which executions wait: a GetVersion call that comes after the last
// wait gives all of them the new version. It is nil where that line and the edit are not statements of one
// block, or the file is not there.
func earlier(r replay.Result, p *Patch) *Patch {
	waits := reached(r, p.File)
	src, err := os.ReadFile(p.File)
	ask, rest, _ := strings.Cut(p.Text, "\n")
	if err != nil || waits < 1 || waits >= p.From || !strings.Contains(ask, "GetVersion(") {
		return nil
	}
	lines := strings.SplitAfter(string(src), "\n")
	if p.From > len(lines) {
		return nil
	}
	between := lines[waits-1 : p.From-1]
	for i, line := range between {
		if text := strings.TrimSpace(line); i == 0 && (indentOf(line) != indentOf(ask) || !begins(text)) ||
			text != "" && !strings.HasPrefix(line, indentOf(ask)) {
			return nil
		}
	}
	made := *p
	made.From, made.Text = waits, ask+"\n"+strings.Join(between, "")+rest
	if _, err := made.Apply(src); err != nil {
		return nil
	}
	return &made
}

// endingCode has two places: a GetVersion call where the code ends comes after the last wait.
func endingCode(r replay.Result, before, after string) string {
	place := behind(r.Place.Source, r.Place.Callers, r.Place.Near)
	return fmt.Sprintf("// before the last wait, where such executions have passed already\n"+
		"v := workflow.GetVersion(ctx, %q, workflow.DefaultVersion, 1)\n// where the code ends%s\n%s\n\t%s\n} else {\n\t%s\n}",
		proposedID(r), place, ifOld, before, cmp.Or(after, "// as now"))
}

func indentOf(line string) string { return line[:len(line)-len(strings.TrimLeft(line, "\t "))] }

// begins reports whether a statement begins with the text, as far as the text tells.
func begins(text string) bool {
	return text != "" && !strings.ContainsAny(text[:1], "})].") && !strings.HasPrefix(text, "case ") &&
		!strings.HasPrefix(text, "default:")
}
