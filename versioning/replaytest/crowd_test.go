package replaytest_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replaytest"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// crowdEnv says to TestCrowd what to judge: it is run by other tests alone, as a process.
const crowdEnv = "REPLAYTEST_CROWD"

// crowd is a folder with recordings of that many executions that one change breaks: two thirds of them
// are closed, and a third waits.
func crowd(t testing.TB, size int) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{}
	for i := range size {
		name := "patched.completed"
		if i%3 == 2 {
			name = "patched.waiting"
		}
		data := folder(t, name)[name+".json"].Data
		id := fmt.Sprintf("order-%04d", i+1)
		changed := bytes.ReplaceAll(data, []byte("patching/"+name), []byte(id))
		if bytes.Equal(changed, data) {
			t.Fatalf("%s does not hold its workflow ID", name)
		}
		fsys[id+".json"] = &fstest.MapFile{Data: changed}
	}
	return fsys
}

// TestCrowd is run by TestCrowdIsTold alone.
func TestCrowd(t *testing.T) {
	size, _ := strconv.Atoi(os.Getenv(crowdEnv))
	if size == 0 {
		t.Skip("it fails, as it has to: TestCrowdIsTold starts it")
	}
	replaytest.Run(t, replaytest.Params{
		Family: &versioning.Family{Name: "order", Doc: "x", WorkflowTypes: []string{patching.WorkflowType},
			Stages: patching.Family.Stages[:1]},
		Recordings: crowd(t, size),
		Rehearse:   rehearse.None,
		Golden:     os.Getenv(crowdEnv + "_GOLDEN"),
	})
}

var status = regexp.MustCompile(`(?m)^\s*--- (PASS|FAIL|SKIP): TestCrowd/(\S+)`)

// crowdGolden is the file in which all of a crowd is safe.
func crowdGolden(t testing.TB, size int) string {
	t.Helper()
	var lines strings.Builder
	for i := range size {
		fmt.Fprintf(&lines, "order-%04d@initial  safe, query result answers \"%d\"\n", i+1, i)
	}
	return goldenFile(t, lines.String())
}

// TestCrowdIsTold has one change break many recordings, and reads what a real testing.T prints. The
// number of recordings is no matter: TestCrowd of the module acceptance has 1,080.
func TestCrowdIsTold(t *testing.T) {
	t.Parallel()
	const size = 120
	for _, tt := range []struct{ name, golden, why string }{
		{"without a golden file", "", "one change is told once"},
		{"with a golden file", crowdGolden(t, size), "so is a change of all its lines, which all differ"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			said := func(args ...string) string {
				cmd := exec.CommandContext(t.Context(), os.Args[0], append(args, "-test.run=^TestCrowd$")...)
				cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d", crowdEnv, size), crowdEnv+"_GOLDEN="+tt.golden)
				out, err := cmd.CombinedOutput()
				require.Error(t, err, "the test fails")
				return string(out)
			}
			short := said()
			require.Less(t, strings.Count(short, "\n"), 58, "%s:\n%s", tt.why, short) // go test adds two
			require.Contains(t, short, "120 of 120 cells fail. What fails alike is told once, and the subtests of 117 "+
				"cells are skipped: go test -v names them\n")
			require.Contains(t, short, ": finding 1 of 1: 120 recordings, 40 open, such as order-0003@initial, "+
				"order-0006@initial, order-0009@initial\n", "open ones are first")
			require.Contains(t, short, ">>     7  ActivityTaskScheduled (PostPatchActivity) != ExecuteActivity")
			require.Contains(t, short, "What to do: ")

			long := said("-test.v")
			counts := map[string]int{}
			for _, m := range status.FindAllStringSubmatch(long, -1) {
				counts[m[1]]++
			}
			require.Equal(t, map[string]int{"FAIL": 3, "SKIP": 117}, counts, "none of them passes")
			require.Equal(t, 117, strings.Count(long, ": fails like order-0003@initial and is counted there: finding 1, "+
				"told above: "), "each says why")
			require.NotContains(t, short, "replaytest.go:", "the place is that of the test")
		})
	}
}
