package judge_test

import (
	"bytes"
	"io/fs"
	"os"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// TestNote gives the command recordings of stages that were renamed since.
func TestNote(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		rename []string
		lose   bool
		want   string
		why    string
	}{
		{"as recorded", nil, false, "", "every stage is there"},
		{"one", []string{"patch-complete"}, false,
			"note: 1 recording of patching is of stages that it does not have (patch-complete): recorded before a " +
				"rename? record it again\n",
			"one recording of it in the folder"},
		{"lineage", []string{"initial"}, false,
			"note: 2 recordings of patching are of stages that it does not have (initial): recorded before a " +
				"rename? record them again\n",
			"the stage that did not run it last counts too"},
		{"two stages", []string{"initial", "patched"}, false,
			"note: 2 recordings of patching are of stages that it does not have (initial, patched): recorded " +
				"before a rename? record them again\n",
			"one line for the family"},
		{"no lineage", []string{"initial", "patched", "patch-complete"}, true, "",
			"downloaded from the service: nobody claims a stage"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := *patching.Family
			f.Stages = append([]versioning.Stage{}, f.Stages...)
			for i := range f.Stages {
				for _, name := range tt.rename {
					if f.Stages[i].Name == name {
						f.Stages[i].Name = "new-" + name
					}
				}
			}
			for _, command := range []string{"matrix", "list"} {
				var stdout, stderr bytes.Buffer
				c := &cli.Command{Families: []*versioning.Family{&f}, Recordings: three(t, tt.lose), Stdout: &stdout,
					Stderr: &stderr}
				require.Equal(t, cli.ExitOK, c.Run(t.Context(), []string{command}))
				require.Equal(t, tt.want, stderr.String(), "%s: %s", command, tt.why)
			}
		})
	}
}

// three are recordings of patching, with what is known of them lost.
func three(t *testing.T, lose bool) fs.FS {
	folder := fstest.MapFS{}
	for i, name := range []string{"initial.completed", "initial+patched.completed", "patch-complete.completed"} {
		data, err := os.ReadFile("../../../histories/patching/" + name + ".json")
		require.NoError(t, err)
		if lose {
			name = string(rune('1' + i))
			data = bytes.Replace(data, []byte(`"replaymatrix":`), []byte(`"another":`), 1)
		}
		folder["patching/"+name+".json"] = &fstest.MapFile{Data: data}
	}
	return folder
}
