package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"net/url"
	"regexp"
	"strconv"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// sarifSchema is where OASIS publishes the schema of the version.
const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// SARIF writes the findings as a SARIF 2.1.0 log with one run. The rules are the verdicts, the kinds
// of notes, and "otherwise". The levels are the same as in GitHub. Paths are relative to %SRCROOT%,
// the root of the repository.
func SARIF(w io.Writer, opts report.CIOptions, matrices ...*matrix.Matrix) error {
	rules, index := sarifRules()
	run := sarifRun{
		Tool: sarifTool{sarifDriver{Name: told.Command(opts), Rules: rules}},
		OriginalURIBaseIDs: map[string]sarifTextLocation{
			"%SRCROOT%": {sarifText{"the root of the repository with the workflow code"}},
		},
		Results: []sarifResult{},
	}
	seen := map[string]int{}
	var list []*told.Finding
	cells := map[*finding.Finding][]finding.Example{}
	for _, m := range matrices {
		s := told.Summarize(opts, m)
		list = append(list, told.FindingsOf(opts, m, s)...)
		maps.Copy(cells, told.CellsOf(m, s))
	}
	for _, f := range told.MostImportant(list) {
		r := sarifResult{
			RuleID:    f.Kind(),
			RuleIndex: index[f.Kind()],
			Level:     map[weight]string{failure: "error", warning: "warning", notice: "note"}[findingWeight(f)],
			Message:   sarifText{countedTitle(f) + "\n" + message(f)},
			Locations: []sarifLocation{locationOf(f)},
		}
		for _, c := range cells[f.Finding] {
			r.Properties.Cells = append(r.Properties.Cells, prose.Plain(c.Cell.String()))
		}
		print := fingerprintOf(f)
		seen[print]++
		if n := seen[print]; n > 1 {
			print += ":" + strconv.Itoa(n)
		}
		r.Fingerprints = map[string]string{"replaymatrix/v1": print}
		run.Results = append(run.Results, r)
	}
	return prose.JSON(w, "SARIF log", sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

func locationOf(f *told.Finding) (l sarifLocation) {
	for _, stage := range f.Stages {
		l.Logical = append(l.Logical, sarifLogical{prose.Plain(f.Matrix.Family.Name + "@" + stage)})
	}
	file, line := f.Stands()
	if file != "" {
		l.Physical = &sarifPhysical{
			Artifact: sarifArtifact{URI: (&url.URL{Path: file}).String(), URIBaseID: "%SRCROOT%"},
			Region:   sarifRegion{StartLine: line},
		}
	}
	return l
}

// numbers are those of lines, events and the like, which an edit elsewhere moves.
var numbers = regexp.MustCompile(`[0-9]+`)

// fingerprintOf tells a result from others in the next run too, when lines have moved
// and recordings were added.
func fingerprintOf(f *told.Finding) string {
	hash := sha256.New()
	for _, part := range []string{
		f.Matrix.Family.Name, f.Kind(), told.SourceFile(f.Cause.Source), f.Stages[0],
		numbers.ReplaceAllString(f.Detail(), "0"),
	} {
		fmt.Fprintf(hash, "%q\n", part)
	}
	return hex.EncodeToString(hash.Sum(nil)[:16])
}
