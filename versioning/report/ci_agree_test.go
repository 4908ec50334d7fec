package report_test

import (
	"encoding/xml"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/pipeline"
)

// TestFormatsAgree is about what a pipeline makes of each verdict: the formats say
// the same, and what --fail-on says.
func TestFormatsAgree(t *testing.T) {
	t.Parallel()
	named := []replay.Verdict{replay.Drift, replay.Unjudged, replay.NotApplicable}
	for _, tt := range []struct {
		name  string
		fails *finding.FailOn
		// want has, for each verdict, what it is in JUnit, GitHub and SARIF.
		want func(info replay.VerdictInfo) [3]string
		why  string
	}{
		{"nobody has asked", nil, func(info replay.VerdictInfo) [3]string {
			switch {
			case info.Incompatible:
				return [3]string{"failure", "warning", "warning"}
			case info.Verdict == replay.Unjudged:
				return [3]string{"error", "warning", "warning"}
			}
			return [3]string{"", "", ""}
		}, "JUnit has no warnings, and green would be a lie"},
		{"some are named", failsOn(named...), func(info replay.VerdictInfo) [3]string {
			switch {
			case info.Verdict == replay.Unjudged:
				return [3]string{"error", "error", "error"}
			case slices.Contains(named, info.Verdict):
				return [3]string{"failure", "error", "error"}
			case info.Incompatible:
				return [3]string{"skipped", "notice", "note"}
			}
			return [3]string{"", "", ""}
		}, "what was asked for fails, and nothing else"},
		{"none of these is named", failsOn(replay.Safe), func(info replay.VerdictInfo) [3]string {
			switch {
			case info.Verdict == replay.Safe:
				return [3]string{"failure", "error", "error"}
			case info.Incompatible, info.Verdict == replay.Unjudged:
				return [3]string{"skipped", "notice", "note"}
			}
			return [3]string{"", "", ""}
		}, "what nobody asked for is skipped, and never green"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			opts := report.CIOptions{FailOn: tt.fails}
			m := allVerdicts()
			got := map[string][3]string{}
			set := func(cell string, format int, what string) {
				v := got[cell]
				v[format] = what
				got[cell] = v
			}

			var junit junitDocument
			require.NoError(t, xml.Unmarshal([]byte(written(t, pipeline.JUnit, opts, m)), &junit))
			var sum junitCounts
			for _, c := range junit.Suites[0].Cases {
				sum.Tests++
				switch {
				case c.Failure != nil:
					set(cellIn(c.Failure.Text), 0, "failure")
					sum.Failures++
				case c.Error != nil:
					set(cellIn(c.Error.Text), 0, "error")
					sum.Errors++
				case c.Skipped != nil:
					set(cellIn(c.Skipped.Text), 0, "skipped")
					sum.Skipped++
				}
			}
			require.Equal(t, sum, junit.junitCounts, "the counts of the whole")
			require.Equal(t, sum, junit.Suites[0].junitCounts, "the counts of the suite")

			for line := range strings.Lines(written(t, pipeline.GitHub, opts, m)) {
				if kind, rest, ok := strings.Cut(strings.TrimPrefix(line, "::"), " "); ok &&
					strings.HasPrefix(line, "::") {
					set(cellIn(rest), 1, kind)
				}
			}
			for _, r := range sarifOf(t, written(t, pipeline.SARIF, opts, m)).Runs[0].Results {
				for _, cell := range r.Properties.Cells {
					set(cell, 2, r.Level)
				}
			}
			for _, info := range replay.Verdicts() {
				require.Equal(t, tt.want(info), got["all/old."+string(info.Verdict)+"@new"], "%s", info.Verdict)
			}
			require.LessOrEqual(t, len(got), len(replay.Verdicts()))
		})
	}
}

// cellIn is the first cell that the text names.
func cellIn(text string) string { return regexp.MustCompile(`all/[a-z.-]*@new`).FindString(text) }
