package report_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/svg"
)

func asPicture(t testing.TB, opts svg.Options, m ...*matrix.Matrix) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, svg.Write(&b, opts, m...))
	return b.String()
}

// drawing are the elements that a picture consists of: none of them runs or loads anything.
var drawing = map[string]bool{
	"svg": true, "title": true, "desc": true, "style": true, "g": true, "rect": true, "path": true, "text": true,
}

// read parses the picture and returns what is written in it, by element.
func read(t testing.TB, picture string) map[string][]string {
	t.Helper()
	texts := map[string][]string{}
	decoder := xml.NewDecoder(strings.NewReader(picture))
	var open []string
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return texts
		}
		require.NoError(t, err)
		switch token := token.(type) {
		case xml.StartElement:
			require.True(t, drawing[token.Name.Local], "<%s>", token.Name.Local)
			for _, a := range token.Attr {
				require.NotRegexp(t, `^on|href|^style$`, a.Name.Local)
			}
			open = append(open, token.Name.Local)
			texts[token.Name.Local] = append(texts[token.Name.Local], "")
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				list := texts[open[len(open)-1]]
				list[len(list)-1] += string(token)
			}
		}
	}
}

func TestSVGGoldens(t *testing.T) {
	t.Parallel()
	hostile := evil()
	hostile.Family.Name = evilName
	for _, tt := range []struct {
		name    string
		matrix  []*matrix.Matrix
		opening *report.Opening
		title   string
		why     string
	}{
		{"breaks", []*matrix.Matrix{real(t)}, nil, `Do not deploy "patch-complete": it breaks running executions`,
			"the deploy and each rollback, the worst finding, and stages by groups of recordings"},
		{"safe", []*matrix.Matrix{quiet(t, "quiet")}, nil, `"patch-deprecated" may be deployed`, "no finding, no warning"},
		{"taken-over", []*matrix.Matrix{takenOver(t, "order")}, nil, `"patched" may be deployed; whether rolling back to "initial" is safe is not known`, "what rolling back does to executions that the newest stage began is not known"},
		{"unknown", []*matrix.Matrix{judge(t, patchingFamily(), matrix.Options{}, downloaded)}, nil,
			`Do not deploy "patch-complete": it breaks running executions`, "downloads, of which one cannot be read"},
		{"cannot-tell", []*matrix.Matrix{only(allVerdicts(), "unjudged")}, nil, `Cannot tell whether "new" may be deployed`,
			"nothing is green"},
		{"all-verdicts", []*matrix.Matrix{allVerdicts()}, nil, `Do not deploy "new": it breaks running executions`,
			"more kinds of groups than rows"},
		{"findings", []*matrix.Matrix{doubtful()}, nil,
			`Look at the findings before you deploy "newest": the histories alone do not settle them`,
			"what replays and nobody should call safe has a sign"},
		{"several", []*matrix.Matrix{quiet(t, "one"), real(t), oneStage(t, "none", 0)}, nil,
			"Do not deploy 1 of 3 workflows: running executions break", "a line for each, the worst first"},
		{"against", []*matrix.Matrix{real(t)}, &report.Opening{Answer: finding.Breaks, Title: "Do not deploy new over main",
			Note: "main is 4711, new is what is on disk.", Questions: []report.Question{
				{Title: "deploy new over main", Answer: finding.Breaks, Says: []string{"order: BREAKS 2 of 3", "a", "b", "c", "d"}},
				{Title: "roll back to main", Says: []string{"order: has no replay test"}}}},
			"Do not deploy new over main", "somebody knows more than the matrix tells"},
		{"hostile", []*matrix.Matrix{hostile}, nil, `Do not deploy "two": it breaks running executions`,
			"names that mean something to XML, and some that none can have"},
		{"none", nil, nil, "No recording tells what a deploy does", "no families, no claims"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			picture := asPicture(t, svg.Options{Command: "ordermatrix", Opening: tt.opening}, tt.matrix...)
			compareGolden(t, "svg/"+tt.name+".svg", picture)
			require.Equal(t, []string{tt.title}, read(t, picture)["title"])
			require.Equal(t, picture, asPicture(t, svg.Options{Command: "ordermatrix", Opening: tt.opening}, tt.matrix...))
		})
	}
}

// TestSVGIsSmall holds that a picture does not grow with recordings, lineages, stages, names or families.
func TestSVGIsSmall(t *testing.T) {
	t.Parallel()
	const most = 60_000
	long := strings.Repeat("a-name-that-somebody-has-generated-", 100)
	for _, tt := range []struct {
		why    string
		matrix []*matrix.Matrix
	}{
		{"10,000 recordings", []*matrix.Matrix{wideMatrix(12, 10_000, "s")}},
		{"as many stages", []*matrix.Matrix{wideMatrix(200, 200, "s")}},
		{"names of any length", []*matrix.Matrix{wideMatrix(12, 100, long), wideMatrix(5, 100, long)}},
		{"a name of any length", []*matrix.Matrix{wideMatrix(5, 100, long)}},
		{"many families", manyFamilies(1_000)},
	} {
		picture := asPicture(t, svg.Options{Command: "ordermatrix"}, tt.matrix...)
		require.LessOrEqual(t, len(picture), most, tt.why)
		read(t, picture)
	}
	few, many := asPicture(t, svg.Options{}, wideMatrix(4, 10, "s")), asPicture(t, svg.Options{}, wideMatrix(4, 10_000, "s"))
	require.InDelta(t, len(few), len(many), 300, "only the numbers differ, and where lines break")
	require.Contains(t, asPicture(t, svg.Options{}, manyFamilies(41)...), ">and 1 more<")
}

// wideMatrix has so many stages, each of which breaks executions of the one before, and so many recordings.
func wideMatrix(stages, recordings int, name string) *matrix.Matrix {
	f := &versioning.Family{Name: "wide-" + name}
	for i := range stages {
		f.Stages = append(f.Stages, versioning.Stage{Name: fmt.Sprint(name, i)})
	}
	m := &matrix.Matrix{Family: f}
	for i := range recordings {
		own := i % stages
		row := matrix.Row{Recording: fmt.Sprint("r", i), Lineage: []string{f.Stages[own].Name}, Closed: i%2 == 0}
		for j, s := range f.Stages {
			result := replay.Result{Verdict: replay.Safe}
			if j != own {
				result = resultOf(replay.Nondeterministic, "what is wrong: what to do")
			}
			row.Cells = append(row.Cells, matrix.Cell{Family: f.Name, Recording: row.Recording, Stage: s.Name, Result: result})
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

func manyFamilies(n int) (list []*matrix.Matrix) {
	for i := range n {
		m := wideMatrix(2, 4, "s")
		m.Family.Name = fmt.Sprint("family-", i)
		list = append(list, m)
	}
	return list
}

// TestSVGWords holds that who hears the picture hears all of the answer, also what is drawn only as a colour.
func TestSVGWords(t *testing.T) {
	t.Parallel()
	said := strings.Join(read(t, asPicture(t, svg.Options{}, real(t)))["desc"], "")
	for _, text := range []string{
		"deploy patch-complete: BREAKS executions of initial, initial+patched: 1 open execution gets stuck or closes silently; " +
			"4 closed of that shape: ",
		"; safe for patched, patched+patch-deprecated, patch-deprecated.",
		"roll back to initial: not now: hits 3 open executions, until they have closed and no more of them begin. BREAKS lets 1 open execution go on",
		"STUCK: deploying patch-complete breaks executions of initial, initial+patched (nondeterministic).",
		"patching/patch_complete.go:18.",
	} {
		require.Contains(t, said, text)
	}
}

func TestSVGNotCompared(t *testing.T) {
	t.Parallel()
	m := quiet(t, "quiet")
	require.NotContains(t, asPicture(t, svg.Options{}, m), "were not compared")
	m.Level = compare.Commands
	require.Contains(t, asPicture(t, svg.Options{}, m), "were not compared")
}

func TestSVGWriteError(t *testing.T) {
	t.Parallel()
	full := errors.New("no space left on device")
	require.ErrorIs(t, svg.Write(failing{full}, svg.Options{}, evil()), full)
}
