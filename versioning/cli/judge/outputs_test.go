package judge

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

func TestOutputs(t *testing.T) {
	t.Parallel()
	names := []string{"text", "json", "markdown", "github"}
	for _, tt := range []struct {
		name    string
		formats []string
		file    string
		want    []output
		fails   string
		why     string
	}{
		{name: "nothing", want: []output{{"text", ""}}, why: "the first format is the default"},
		{name: "file only", file: "f", want: []output{{"text", "f"}}, why: "-o is about the default too"},
		{name: "one", formats: []string{"json"}, want: []output{{"json", ""}}, why: "to standard output"},
		{name: "several", formats: []string{"text", "json=a", "markdown=b=c"},
			want: []output{{"text", ""}, {"json", "a"}, {"markdown", "b=c"}},
			why:  "a file can have an equals sign in its name"},
		{name: "rest", formats: []string{"json=a", "markdown"}, file: "b",
			want: []output{{"json", "a"}, {"markdown", "b"}}, why: "-o is for what has none"},
		{name: "same format", formats: []string{"json=a", "json=b"}, want: []output{{"json", "a"}, {"json", "b"}},
			why: "to two files"},
		{name: "log", formats: []string{"text", "github"}, want: []output{{"text", ""}, {"github", ""}},
			why: "GitHub takes its lines out"},
		{name: "log into a file", formats: []string{"text=a", "github=a"}, fails: "both write to a: give each",
			why: "a file is replaced"},
		{name: "mixed", formats: []string{"github", "json"}, fails: "both write to standard output",
			why: "nobody could read it"},
		{name: "two rests", formats: []string{"json", "markdown"}, file: "b", fails: "both write to b",
			why: "-o is one file"},
		{name: "twice", formats: []string{"json", "json"}, fails: "--format json is there twice", why: "a slip"},
		{name: "left over", formats: []string{"json=a"}, file: "b", fails: "-o is left over",
			why: "nothing would be in it"},
		{name: "empty file", formats: []string{"json="}, fails: "has no file after the equals sign",
			why: "an empty variable of a shell"},
		{name: "unknown", formats: []string{"xml=a"},
			fails: `unknown format "xml": the formats are text, json, markdown, github`, why: "says what there is"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			got, err := (&outputFlags{formats: tt.formats, file: tt.file}).outputs(names)
			if tt.fails != "" {
				require.ErrorContains(t, err, tt.fails)
				require.True(t, shell.IsUsage(err), "the exit code is that of usage")
				return
			}
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(output{})); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}
