package report_test

import (
	"bytes"
	"encoding/json"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/page"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// What the page does in a browser is tested in the module acceptance.

func asPage(t *testing.T, opts page.Options, m ...*matrix.Matrix) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, page.Write(&b, opts, m...))
	return b.String()
}

// TestHTMLIsPure holds that the same matrix gives the same page, whether its
// explanations were taken while it was judged or are still in it.
func TestHTMLIsPure(t *testing.T) {
	t.Parallel()
	var explanations page.Explanations
	taken := judge(t, patching.Family, matrix.Options{Explain: true, Each: explanations.Take}, nil)
	for c := range taken.Cells() {
		require.Nil(t, c.Explanation, "%s: the trace is not kept", c)
	}
	whole := judge(t, patching.Family, matrix.Options{Explain: true, Workers: 1}, nil)
	first := asPage(t, page.Options{Explanations: &explanations}, taken)
	require.Equal(t, first, asPage(t, page.Options{Explanations: &explanations}, taken), "twice")
	require.Equal(t, first, asPage(t, page.Options{}, whole), "not taken")
	for c := range whole.Cells() {
		require.NotNil(t, c.Explanation, "%s: a writer changes nothing", c)
	}
	require.NotEqual(t, first, asPage(t, page.Options{}, taken), "without explanations there is less")

	_, file, _, _ := runtime.Caller(0)
	folder, err := os.Getwd()
	require.NoError(t, err)
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	require.NoError(t, err)
	for _, machine := range []string{filepath.Dir(filepath.Dir(file)), folder, strings.TrimSpace(string(goroot)), os.TempDir() + "/"} {
		require.NotContains(t, first, machine, "no path of this machine")
	}
	require.NotRegexp(t, regexp.MustCompile(`\b20\d\d-\d\d-\d\dT`), first, "no time")
	require.NotRegexp(t, regexp.MustCompile(`(src|href)="?(https?:)?//`), first, "nothing to load")
}

// TestHTMLData reads the data that the page's script reads.
func TestHTMLData(t *testing.T) {
	t.Parallel()
	m := real(t)
	_, rest, found := strings.Cut(asPage(t, page.Options{}, m), `<script type="application/json" id="Data">`)
	require.True(t, found)
	script, _, _ := strings.Cut(rest, "</script>")
	var data struct {
		Texts    []string
		Verdicts []struct{ Name string }
		Families []struct {
			Name   int
			Stages []struct{ Name int }
			Rows   []struct {
				Name  int
				Cells [][4]int
			}
		}
		Stories []struct{ Why, Place int }
	}
	require.NoError(t, json.Unmarshal([]byte(script), &data))
	require.Len(t, data.Families, 1)
	f := data.Families[0]
	var got, want []string
	for _, row := range f.Rows {
		for _, c := range row.Cells {
			story := data.Stories[c[3]]
			got = append(got, data.Texts[row.Name]+"@"+data.Texts[f.Stages[c[0]].Name]+" "+data.Verdicts[c[1]].Name+" "+
				data.Texts[story.Why])
		}
	}
	for c := range m.Cells() {
		want = append(want, c.Name()+" "+string(c.Verdict)+" "+advice.Line(c.Result))
	}
	slices.Sort(want) // the page has what is worst first
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	seen := map[string]bool{}
	for _, s := range data.Texts {
		require.False(t, seen[s], "%q is there twice", s)
		seen[s] = true
	}
}

var tags = regexp.MustCompile(`<[^>]*>`)

// TestHTMLTransitions holds that the page says of deploys and rollbacks what the
// text says, which says it in its own way.
func TestHTMLTransitions(t *testing.T) {
	t.Parallel()
	for _, m := range []*matrix.Matrix{real(t), otherwise(t), judge(t, patching.Family, matrix.Options{}, unreadable),
		judge(t, patching.Family, matrix.Options{}, func(i int, _ *history.Source) bool { return i < 2 })} {
		written := strings.Join(strings.Fields(asText(t, text.Options{All: true}, m)), " ")
		list := regexp.MustCompile(`(?s)<ul class="steps">(.*?)</ul>`).FindStringSubmatch(asPage(t, page.Options{}, m))
		require.NotEmpty(t, list)
		items := strings.Split(strings.TrimSpace(list[1]), "</li>")
		items = slices.DeleteFunc(items, func(s string) bool { return strings.TrimSpace(s) == "" })
		require.NotEmpty(t, items)
		for _, item := range items {
			said := strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(item, ""))), " ")
			said = strings.ReplaceAll(said, "ANSWERS OTHERWISE and replays, for", "replays and ANSWERS OTHERWISE for")
			said = strings.ReplaceAll(said, " ,", ",")
			for part := range strings.SplitSeq(said, "; ") {
				require.Contains(t, written, part, m.Family.Name)
			}
		}
		titles := regexp.MustCompile(`(?m)^(deploy|roll|roll back to|move pinned to) `).FindAllString(asText(t,
			text.Options{All: true}, m), -1)
		require.Len(t, items, len(titles), m.Family.Name)
	}
}

func TestHTMLOfNothing(t *testing.T) {
	t.Parallel()
	require.Contains(t, asPage(t, page.Options{}), "There are no cells.")
	empty := asPage(t, page.Options{}, &matrix.Matrix{Family: &versioning.Family{Name: "x"}})
	require.Contains(t, empty, "Replay matrix of x")
	_, data, _ := strings.Cut(empty, `id="Data">`)
	data, _, _ = strings.Cut(data, "</script>")
	require.NotContains(t, data, "null", "the script goes through all lists")
	require.ErrorContains(t, page.Write(broken{}, page.Options{}, real(t)),
		"writing the matrix as HTML: the disk is full")
}
