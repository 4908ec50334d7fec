package docs_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/runtimechecks"
)

// TestRuntimeChecks keeps the tables in docs/runtime-checks.md what the goldens
// and live Workers say; -update writes them.
func TestRuntimeChecks(t *testing.T) {
	t.Parallel()
	var want strings.Builder
	for _, f := range runtimechecks.Families {
		c := readCatalogue(t, f)
		if c.isLive() {
			c.writeTable(&want)
		} else {
			c.writeEndings(&want)
		}
	}
	want.WriteString("\n")
	block := regexp.MustCompile(
		`(?s)(<!-- tables, kept true by TestRuntimeChecks -->\n)()(.*?)(<!-- end of tables -->\n)`)
	keepTrue(t, "runtime-checks.md", block, 1, func(string) string { return want.String() })
}

// TestRuntimeChecksLive holds what docs/runtime-checks.md says of all rows: in a
// Workflow Task that does not close the workflow, a live Worker does what the
// replay says.
func TestRuntimeChecksLive(t *testing.T) {
	t.Parallel()
	for _, f := range runtimechecks.Families {
		c := readCatalogue(t, f)
		if !c.isLive() {
			continue
		}
		for _, change := range f.Stages[1:] {
			for _, way := range c.ways(change.Name) {
				breaks := stops(c.replay(way))
				stuck := c.live(way, history.OtherTask).Outcome == history.TaskFailed
				require.Equal(t, breaks, stuck, "%s: %s to %s", f.Name, way.from, way.to)
			}
		}
	}
}

// stops reports whether the SDK's replayer stops at what gives the verdict: it sees
// nothing of a drift.
func stops(v replay.Verdict) bool { return v.Incompatible() && v != replay.Drift }

func (c recordedCatalogue) writeTable(b *strings.Builder) {
	method := strings.TrimSuffix(c.WorkflowTypes[0], "Calls")
	fmt.Fprintf(b, "\n### %s\n\n`%s`. The base: %s\n\n", method, c.Name, uncapitalize(c.Stages[0].Doc))
	b.WriteString("| change | what the code does now | documented " +
		"| deploy | closing | other | roll back | closing | other |\n")
	b.WriteString("|---|---|---|---|---|---|---|---|---|\n")
	var unseen []string
	for _, change := range c.Stages[1:] {
		said := documented(method, change.Name)
		fmt.Fprintf(b, "| `%s` | %s | %s |", change.Name, change.Doc, said)
		for _, way := range c.ways(change.Name) {
			verdict := c.replay(way)
			closing := c.live(way, history.ClosingTask)
			fmt.Fprintf(b, " %s |", bold(c.symbols(way),
				said == anError && !stops(verdict) || said == notChecked && stops(verdict)))
			fmt.Fprintf(b, " %s |", bold(inAWord(closing), stops(verdict) && closing.Outcome == history.Closed))
			fmt.Fprintf(b, " %s |", inAWord(c.live(way, history.OtherTask)))
			if stops(verdict) && closing.Outcome == history.Closed {
				unseen = append(unseen, fmt.Sprintf("- `%s`, %s: %s", change.Name, way.name, closing))
			}
		}
		b.WriteString("\n")
	}
	if len(unseen) > 0 {
		fmt.Fprintf(b, "\nCompleted by a live Worker although the replay breaks:\n\n%s\n", strings.Join(unseen, "\n"))
	}
}

// writeEndings is writeTable for changes of how the workflow ends.
func (c recordedCatalogue) writeEndings(b *strings.Builder) {
	base := c.ending("base")
	fmt.Fprintf(b, "\n### %s\n\n`%s`. The base: %s\n\n", c.WorkflowTypes[0], c.Name, uncapitalize(c.Stages[0].Doc))
	b.WriteString("| change | what the code does now | ends as | deploy | roll back |\n")
	b.WriteString("|---|---|---|---|---|\n")
	for _, change := range c.Stages[1:] {
		ending := c.ending(change.Name)
		fmt.Fprintf(b, "| `%s` | %s | %s |", change.Name, change.Doc, ending)
		for _, way := range c.ways(change.Name) {
			verdict := c.replay(way)
			fmt.Fprintf(b, " %s |", bold(c.symbols(way), !stops(verdict) && ending != base))
		}
		b.WriteString("\n")
	}
}

const (
	anError      = "error"
	notChecked   = "not checked"
	notMentioned = "–"
)

// guarded are the methods that Temporal's page on versioning names.
var guarded = []string{
	"ExecuteActivity", "ExecuteChildWorkflow", "NewTimer", "RequestCancelExternalWorkflow", "SideEffect",
	"SignalExternalWorkflow", "Sleep",
}

// documented is what that page says of such a change.
func documented(method, change string) string {
	kind, _, _ := strings.Cut(change, "-")
	switch {
	case !slices.Contains(guarded, method):
		return notMentioned
	case kind == "added", kind == "removed", kind == "reordered":
		return anError
	case change == "other-input" && method == "ExecuteActivity", strings.HasSuffix(change, "-duration"):
		return notChecked
	default:
		return notMentioned
	}
}

func inAWord(o history.Observation) string {
	switch o.Outcome {
	case history.Closed:
		return "completes"
	case history.WentOn:
		return "goes on"
	default:
		return "stuck"
	}
}

func bold(s string, loud bool) string {
	if loud {
		return "**" + s + "**"
	}
	return s
}
