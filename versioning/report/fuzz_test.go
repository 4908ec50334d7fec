package report_test

import (
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/mutate"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/document"
	"github.com/replaymatrix/replaymatrix/versioning/report/markdown"
	"github.com/replaymatrix/replaymatrix/versioning/report/page"
	"github.com/replaymatrix/replaymatrix/versioning/report/pipeline"
	"github.com/replaymatrix/replaymatrix/versioning/report/svg"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

// seeded are real recordings of the reference families, with their families.
var seeded = sync.OnceValue(func() (list []seed) {
	for _, f := range workflows.Families {
		sources, err := history.Dir(os.DirFS("../../histories/"+f.Name), ".")
		if err != nil {
			panic(err)
		}
		for _, s := range sources {
			r, err := s.Load()
			if err != nil {
				panic(err)
			}
			list = append(list, seed{f, r})
		}
	}
	return list
})

type seed struct {
	family    *versioning.Family
	recording *history.Recording
}

// judgeMutant judges a changed recording on three of its stages, and writes all that is written of it.
func judgeMutant(t testing.TB, which uint16, how []byte) {
	seeds := seeded()
	s := seeds[int(which)%len(seeds)]
	r := *s.recording
	r.History = &historypb.History{Events: mutate.Events(r.History.GetEvents(), how)}
	first := int(which) % max(1, len(s.family.Stages)-2)
	few := s.family.Stages[first:min(first+3, len(s.family.Stages))]
	source := history.Source{Family: s.family.Name, Name: r.Name, Load: func() (*history.Recording, error) { return &r, nil }}
	m, err := matrix.Judge(context.Background(), s.family, slices.Values([]history.Source{source}), &matrix.Options{
		Explain: true, Workers: 2,
		Only: func(_, stage string) bool {
			return slices.ContainsFunc(few, func(s versioning.Stage) bool { return s.Name == stage })
		}})
	require.NoError(t, err)
	for c := range m.Cells() {
		require.NotEmpty(t, c.Verdict, "%s", c)
		if c.Verdict == replay.Unjudged {
			require.Error(t, c.Err, "%s", c)
		}
	}
	writeAll(t, m)
}

// writeAll writes the matrix in all formats. Nothing of it can do harm where it is shown.
func writeAll(t testing.TB, m *matrix.Matrix) {
	for name, write := range writers(m) {
		var b bytes.Buffer
		require.NoError(t, write(&b), name)
		harmless(t, name, b.String())
	}
}

// writers write all there is to write of the matrix, in each format.
func writers(m *matrix.Matrix) map[string]func(io.Writer) error {
	opts := report.CIOptions{Fallback: "go.mod"}
	return map[string]func(io.Writer) error{
		"text":      func(w io.Writer) error { return text.Write(w, text.Options{All: true}, m) },
		"json":      func(w io.Writer) error { return document.Write(w, m) },
		"markdown":  func(w io.Writer) error { return markdown.Write(w, markdown.Options{CIOptions: opts}, m) },
		"html":      func(w io.Writer) error { return page.Write(w, page.Options{}, m) },
		"svg":       func(w io.Writer) error { return svg.Write(w, svg.Options{}, m) },
		"github":    func(w io.Writer) error { return pipeline.GitHub(w, opts, m) },
		"junit":     func(w io.Writer) error { return pipeline.JUnit(w, opts, m) },
		"sarif":     func(w io.Writer) error { return pipeline.SARIF(w, opts, m) },
		"explained": func(w io.Writer) error { return explainAll(w, m) },
	}
}

func explainAll(w io.Writer, m *matrix.Matrix) error {
	var cells []report.Explained
	for c := range m.Cells() {
		if c.Explanation == nil {
			continue
		}
		if err := text.Explain(w, text.ExplainOptions{}, c); err != nil {
			return err
		}
		cells = append(cells, report.Explained{Cell: c})
	}
	if err := markdown.Explain(w, markdown.ExplainOptions{}, cells...); err != nil {
		return err
	}
	return document.Explain(w, compare.Values, cells...)
}

// ownGroup begins and ends what GitHub folds.
var ownGroup = regexp.MustCompile(`^::(group::[0-9,]+ more findings? of replaymatrix|endgroup::)$`)

// harmless holds that a terminal does nothing but show it, and that a log of a pipeline obeys nothing in it that the
// format github has not put there.
func harmless(t testing.TB, format, written string) {
	for line := range strings.SplitSeq(written, "\n") {
		// A browser obeys no control character; what the page shows of them is a test of its own.
		if format != "html" && strings.ContainsFunc(line, func(r rune) bool {
			return r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r))
		}) {
			t.Fatalf("%s: %q", format, line)
		}
		begin := strings.TrimLeft(line, " \t")
		require.False(t, strings.HasPrefix(begin, "##["), "%s: %q", format, line)
		if strings.HasPrefix(begin, "::") && !ownGroup.MatchString(line) {
			command, _, _ := strings.Cut(strings.TrimPrefix(begin, "::"), " ")
			require.Equal(t, "github", format, "%q", line)
			require.Contains(t, []string{"error", "warning", "notice"}, command, "%q", line)
		}
	}
}

// FuzzJudge judges histories that no service has written, and writes what is said of them.
func FuzzJudge(f *testing.F) {
	for i := range seeded() {
		if i%29 == 0 {
			f.Add(uint16(i), []byte{0, byte(i), 0, 0, 0})
			f.Add(uint16(i), []byte{9, byte(i), 1, 2, 3, 8, 0, 0, 0, 0})
		}
	}
	f.Fuzz(func(t *testing.T, which uint16, how []byte) { judgeMutant(t, which, how) })
}

// TestMutants is FuzzJudge with as many random changes as a test of each change can have.
func TestMutants(t *testing.T) {
	t.Parallel()
	for seed := range uint64(150) {
		random := rand.New(rand.NewPCG(seed, 16))
		how := make([]byte, 5*(1+random.IntN(4)))
		for i := range how {
			how[i] = byte(random.Uint32())
		}
		judgeMutant(t, uint16(random.Uint32()), how)
	}
}

// FuzzStoredRow writes what a cache, or the process of another tree, says that a row is.
func FuzzStoredRow(f *testing.F) {
	for i, s := range seeded() {
		if i%40 != 0 {
			continue
		}
		source := history.Source{Family: s.family.Name, Name: s.recording.Name, Load: func() (*history.Recording, error) { return s.recording, nil }}
		m, err := matrix.Judge(f.Context(), s.family, slices.Values([]history.Source{source}), nil)
		require.NoError(f, err)
		for _, row := range m.Rows {
			row.Cells = row.Cells[len(row.Cells)-1:] // what is short is changed where it matters
			data, err := matrix.EncodeRow(row)
			require.NoError(f, err)
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		row, err := matrix.DecodeRow(data)
		if err != nil || len(row.Cells) == 0 {
			return
		}
		family := &versioning.Family{Name: row.Cells[0].Family, Doc: "Stored."}
		for _, c := range row.Cells {
			if !slices.ContainsFunc(family.Stages, func(s versioning.Stage) bool { return s.Name == c.Stage }) {
				family.Stages = append(family.Stages, versioning.Stage{Name: c.Stage})
			}
		}
		writeAll(t, &matrix.Matrix{Family: family, Rows: []matrix.Row{row}})
	})
}
