package advice_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
)

const beforePatch = `package order

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// Order waits.
func Order(ctx workflow.Context) error {
	return workflow.Sleep(ctx, time.Hour) // long
}
`

// TestPatchApplies makes edits of whole lines.
func TestPatchApplies(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, src string
		patch     advice.Patch
		want, why string
	}{
		{"replaced", beforePatch, advice.Patch{From: 11, To: 11, Text: "\tif true {\n\treturn nil\n\t}\n\treturn workflow.Sleep(ctx, time.Hour)\n"},
			`package order

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// Order waits.
func Order(ctx workflow.Context) error {
	if true {
		return nil
	}
	return workflow.Sleep(ctx, time.Hour)
}
`, "one line becomes four, and gofmt has indented them"},
		{"before", beforePatch, advice.Patch{From: 11, To: 10, Text: "\t_ = 1\n"}, `package order

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// Order waits.
func Order(ctx workflow.Context) error {
	_ = 1
	return workflow.Sleep(ctx, time.Hour) // long
}
`, "nothing is replaced, and the comment stays"},
		{"imports", beforePatch, advice.Patch{From: 11, To: 10, Text: "\t_ = 1\n",
			Imports: []string{"errors", "go.temporal.io/sdk/temporal", "time"}}, `package order

import (
	"errors"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// Order waits.
func Order(ctx workflow.Context) error {
	_ = 1
	return workflow.Sleep(ctx, time.Hour) // long
}
`, "each is with its kind and sorted, and none is there twice"},
		{"at the end", "package order\n\nvar a = 1\n", advice.Patch{From: 4, Text: "\nvar b = 2\n",
			Imports: []string{"go.temporal.io/sdk/workflow"}},
			"package order\n\nimport \"go.temporal.io/sdk/workflow\"\n\nvar a = 1\n\nvar b = 2\n",
			"before the line after the last one, in a file without imports"},
		{"single import", "package order\n\nimport \"time\" // for hours\n\nvar a = time.Hour",
			advice.Patch{From: 5, To: 5, Text: "var b = time.Hour\n", Imports: []string{"errors"}},
			"package order\n\nimport \"errors\"\nimport \"time\" // for hours\n\nvar b = time.Hour\n",
			"an import without parentheses, and a file that does not end with a newline"},
		{"first of its kind", "package order\n\nimport (\n\t\"time\"\n)\n\nvar a = time.Hour\n",
			advice.Patch{From: 7, To: 6, Imports: []string{"go.temporal.io/sdk/workflow"}},
			"package order\n\nimport (\n\t\"time\"\n\n\t\"go.temporal.io/sdk/workflow\"\n)\n\nvar a = time.Hour\n",
			"others come behind the standard library"},
		{"standard after others", "package order\n\nimport (\n\t\"go.temporal.io/sdk/workflow\"\n)\n\nvar a workflow.Context\n",
			advice.Patch{From: 7, To: 6, Imports: []string{"time"}},
			"package order\n\nimport (\n\t\"time\"\n\n\t\"go.temporal.io/sdk/workflow\"\n)\n\nvar a workflow.Context\n",
			"and the standard library before others"},
		{"blank import", "package order\n\nimport (\n\t_ \"time\"\n)\n",
			advice.Patch{From: 6, To: 5, Text: "\nvar a = time.Hour\n", Imports: []string{"time"}},
			"package order\n\nimport (\n\t\"time\"\n\t_ \"time\"\n)\n\nvar a = time.Hour\n",
			"code cannot use a blank import"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := tt.patch.Apply([]byte(tt.src))
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

// TestPatchDoesNotApply is about edits that do not fit their file.
func TestPatchDoesNotApply(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		patch     advice.Patch
		want, why string
	}{
		{advice.Patch{File: "order.go", From: 12, To: 13}, "editing order.go lines 12 to 13: it has 12 lines",
			"the file is shorter than it was"},
		{advice.Patch{File: "order.go", From: 14}, "editing order.go before line 14: it has 12 lines", "so it is here"},
		{advice.Patch{File: "order.go"}, "editing order.go line 0: it has 12 lines", "there is no line 0"},
		{advice.Patch{File: "order.go", From: 11, To: 11, Text: "\tif true {\n"},
			"editing order.go line 11: the result does not parse: 12:3: expected '}', found 'EOF'",
			"half of a statement is no code"},
		{advice.Patch{File: "order.go", From: 1, To: 1, Text: "packages\n", Imports: []string{"time"}},
			"editing order.go line 1: the result does not parse: 1:1: expected 'package', found packages (and 1 more errors)",
			"and nothing can be imported into it"},
	} {
		_, err := tt.patch.Apply([]byte(beforePatch))
		require.EqualError(t, err, tt.want, tt.why)
	}
}
