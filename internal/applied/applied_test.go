package applied_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/applied"
	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
)

const (
	patched  = "versioning/workflows/patching/patch_complete.go"
	activity = "	err = workflow.ExecuteActivity(ctx, PostPatchActivity).Get(ctx, &result)\n"
	runtime  = "versioning/workflows/runtimechecks/activity.go"
	draws    = "	charged := workflow.ExecuteActivity(ctx, Charge, amount) // edit: draws\n"
)

// TestCopies puts edits that were made by hand into copies, builds all of them at once, and judges a
// recording by each.
func TestCopies(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, file string
		// line is replaced by text, in its first place behind the text after.
		after, line, text string
		imports           []string
		cell              applied.Cell
		mended            bool
		want, why         string
	}{
		{"branch", patched, "", activity, `	if workflow.GetVersion(ctx, "replace", workflow.DefaultVersion, 1) == workflow.DefaultVersion {
		err = workflow.ExecuteActivity(ctx, PrePatchActivity).Get(ctx, &result)
	} else {
		err = workflow.ExecuteActivity(ctx, PostPatchActivity).Get(ctx, &result)
	}
`, nil, applied.Cell{Family: "patching", Recording: "initial.waiting", Stage: "patch-complete"}, true, "safe",
			"old executions call what they have called"},
		{"wrong branch", patched, "", activity, `	if workflow.GetVersion(ctx, "replace", workflow.DefaultVersion, 1) == 1 {
		err = workflow.ExecuteActivity(ctx, PrePatchActivity).Get(ctx, &result)
	} else {
		err = workflow.ExecuteActivity(ctx, PostPatchActivity).Get(ctx, &result)
	}
`, nil, applied.Cell{Family: "patching", Recording: "initial.completed", Stage: "patch-complete"}, false,
			"nondeterministic call-renamed ActivityTaskScheduled (PrePatchActivity) -> ExecuteActivity PostPatchActivity [default-branch replace]",
			"it compiles, and it does not help"},
		{"unused", patched, "", activity, "	v := 1\n" + activity, nil,
			applied.Cell{Family: "patching", Recording: "initial.waiting", Stage: "patch-complete"}, false,
			"does not compile: versioning/workflows/patching/patch_complete.go:18:2: declared and not used: v",
			"the compiler's line, and the other copies are built"},
		{"no package", patched, "", activity, activity, []string{"example.com/nothing"},
			applied.Cell{Family: "patching", Recording: "initial.waiting", Stage: "patch-complete"}, false,
			"does not compile: versioning/workflows/patching/patch_complete.go:6:2: no required module provides package " +
				"example.com/nothing; to add it: go get example.com/nothing", "nor does an import stop them that there is not"},
		{"one of many families", runtime, `stage{"removed"`, "		return reserved\n",
			`		if workflow.GetVersion(ctx, "remove-charge", workflow.DefaultVersion, 1) == workflow.DefaultVersion {
			reserved += ", " + outcome(ctx, workflow.ExecuteActivity(ctx, Charge, 100))
		}
		return reserved
`, nil, applied.Cell{Family: "runtimechecks/activity", Recording: "base.open", Stage: "removed"}, true, "safe",
			"the package has the families in a list"},
		{"shared function", "testdata/edits/programs.go", "", draws,
			"	amount = 100\n" + draws, nil,
			applied.Cell{Family: "edits", Recording: "base.activities-open", Stage: "draws"}, true, "safe",
			"a method of all stages, below testdata"},
		{"dies", patched, "", activity, "	ctx = nil\n" + activity, nil,
			applied.Cell{Family: "patching", Recording: "initial.waiting", Stage: "patch-complete"}, false,
			"panic code-panics runtime error: invalid memory address or nil pointer dereference",
			"a stage that panics does not end the program"},
	}
	var edits []applied.Edit
	var cells []applied.Cell
	for i, tt := range tests {
		file := filepath.Join(corpora.Root(), filepath.FromSlash(tt.file))
		source, err := os.ReadFile(file)
		require.NoError(t, err)
		from := bytes.Index(source, []byte(tt.after))
		from += bytes.Index(source[from:], []byte(tt.line))
		line := bytes.Count(source[:from], []byte("\n")) + 1
		edit, err := applied.EditOf(advice.Patch{File: file, From: line, To: line, Text: tt.text, Imports: tt.imports})
		require.NoError(t, err)
		tests[i].cell.Copy = edit.ID
		edits, cells = append(edits, edit), append(cells, tests[i].cell)
	}
	program, err := applied.Build(t.Context(), t.TempDir(), slices.Concat(edits, edits))
	require.NoError(t, err)
	cells = slices.DeleteFunc(cells, func(c applied.Cell) bool { return program.Faults[c.Copy] != "" })
	answers, err := program.Judge(t.Context(), cells)
	require.NoError(t, err)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := "does not compile: " + program.Faults[tt.cell.Copy]
			mended := false
			if i := slices.IndexFunc(answers, func(a applied.Answer) bool { return a.Cell == tt.cell }); i >= 0 {
				got, mended = answers[i].String(), answers[i].Mended()
			}
			require.Equal(t, tt.want, got, tt.why)
			require.Equal(t, tt.mended, mended, tt.why)
		})
	}
}
