package workflows_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// rights finds right stages: where a family has one for a cell, it shows that code mends the cell.
type rights struct {
	family *versioning.Family
	// cells are those of the matrix, by their names.
	cells map[string]matrix.Cell
	// made are the commands of executions that one stage alone has run, by stage and scenario.
	made map[string]map[string][]string
}

func rightsOf(t *testing.T, c corpora.Corpus) rights {
	t.Helper()
	r := rights{c.Family, map[string]matrix.Cell{}, map[string]map[string][]string{}}
	for cell := range explained(t, c).Cells() {
		r.cells[cell.Name()] = cell
	}
	sources, err := history.Dir(c.Recordings(), ".")
	require.NoError(t, err)
	for _, source := range sources {
		recording, err := source.Load()
		require.NoError(t, err)
		if len(recording.Lineage) != 1 || len(recording.Preferred) > 0 {
			continue
		}
		stage := recording.Lineage[0]
		if r.made[stage] == nil {
			r.made[stage] = map[string][]string{}
		}
		r.made[stage][recording.Scenario] = commands(recording)
	}
	return r
}

// of returns a right stage for the cell: one that has not run the recording, for which the recording is
// safe, and whose new executions do what those of the cell's stage do. It is empty if the family has
// none, and for a rollback: nobody edits older code to go back to it. Where a stage has no recordings of
// its own, as in the catalogues that record their base alone, nobody can tell what new executions do.
func (r rights) of(cell matrix.Cell, lineage []string) string {
	names := r.family.StageNames()
	for _, ran := range lineage {
		if slices.Index(names, ran) > slices.Index(names, cell.Stage) {
			return ""
		}
	}
	for _, name := range names {
		other, judged := r.cells[cell.Recording+"@"+name]
		if judged && name != cell.Stage && !slices.Contains(lineage, name) && other.Verdict == replay.Safe &&
			!slices.ContainsFunc(other.Effects.List, rehearse.Effect.Notable) && r.alike(name, cell.Stage) {
			return name
		}
	}
	return ""
}

// alike reports whether new executions of both stages make the same commands, but for versions, in each
// scenario that both have been recorded in.
func (r rights) alike(a, b string) bool {
	both := 0
	for scenario, commands := range r.made[a] {
		others, ok := r.made[b][scenario]
		if !ok {
			continue
		}
		if both++; !slices.Equal(commands, others) {
			return false
		}
	}
	return both > 0
}

// commands are what calls of the code have made of the execution, with their values, but for versions.
func commands(r *history.Recording) (made []string) {
	list := r.History.GetEvents()
	for i, e := range list {
		marker := e.GetMarkerRecordedEventAttributes().GetMarkerName()
		switch {
		case !events.FromCommand(e), marker == "Version", i > 0 && events.IsChangeVersion(list[i-1], e):
		case marker == "LocalActivity":
			// Its data have the time.
			made = append(made, marker+" "+e.GetMarkerRecordedEventAttributes().GetDetails()["result"].String())
		default:
			var text strings.Builder
			text.WriteString(e.GetEventType().String())
			render(&text, events.Attributes(e), strings.NewReplacer(r.WorkflowID, "WORKFLOW", r.RunID, "RUN"))
			made = append(made, text.String())
		}
	}
	return made
}

// render writes the values of the message, but for those that only count events.
func render(text *strings.Builder, m protoreflect.Message, ids *strings.Replacer) {
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		field := fields.Get(i)
		v := m.Get(field)
		counts := strings.HasSuffix(string(field.Name()), "_event_id") ||
			strings.HasSuffix(string(field.Name()), "_id") && strings.Trim(v.String(), "0123456789") == ""
		if !m.Has(field) || counts {
			continue
		}
		fmt.Fprintf(text, " %s:", field.Name())
		switch {
		case field.IsMap():
			entries := map[string]string{}
			v.Map().Range(func(k protoreflect.MapKey, v protoreflect.Value) bool {
				var entry strings.Builder
				renderValue(&entry, v, ids)
				entries[k.String()] = entry.String()
				return true
			})
			fmt.Fprint(text, entries) // fmt sorts them
		case field.IsList():
			for i := range v.List().Len() {
				renderValue(text, v.List().Get(i), ids)
			}
		default:
			renderValue(text, v, ids)
		}
	}
}

func renderValue(text *strings.Builder, v protoreflect.Value, ids *strings.Replacer) {
	switch v := v.Interface().(type) {
	case protoreflect.Message:
		render(text, v, ids)
	case []byte:
		text.WriteString(ids.Replace(string(v)))
	default:
		text.WriteString(ids.Replace(fmt.Sprint(v)))
	}
}
