package palette_test

import (
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/palette"
)

// TestContrast holds that every text can be read in light and in dark: level AA of WCAG 2 asks for 4.5.
func TestContrast(t *testing.T) {
	t.Parallel()
	named := palette.Named
	pairs := map[string]palette.Pair{
		"text": {Back: named("page"), Text: named("ink")}, "text in a box": {Back: named("raised"), Text: named("ink")},
		"aside": {Back: named("page"), Text: named("muted")}, "aside in a box": {Back: named("raised"), Text: named("muted")},
		"a loud word": {Back: named("page"), Text: named("bad-ink")},
	}
	for _, info := range replay.Verdicts() {
		pairs["verdict "+string(info.Verdict)] = palette.OfVerdict(info.Verdict)
	}
	for _, a := range finding.Answers() {
		pairs["answer "+a.String()] = palette.OfAnswer(a)
	}
	for name, p := range pairs {
		require.GreaterOrEqual(t, contrast(t, p.Back.Light, p.Text.Light), 4.5, "%s in light", name)
		require.GreaterOrEqual(t, contrast(t, p.Back.Dark, p.Text.Dark), 4.5, "%s in dark", name)
	}
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	lighter, darker := luminance(t, a), luminance(t, b)
	if lighter < darker {
		lighter, darker = darker, lighter
	}
	return (lighter + 0.05) / (darker + 0.05)
}

// luminance is that of WCAG 2.
func luminance(t *testing.T, color string) (sum float64) {
	t.Helper()
	require.Regexp(t, "^#[0-9a-f]{6}$", color)
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(color[1+2*i:3+2*i], 16, 8)
		require.NoError(t, err)
		channel := float64(n) / 255
		if channel <= 0.04045 {
			channel /= 12.92
		} else {
			channel = math.Pow((channel+0.055)/1.055, 2.4)
		}
		sum += weight * channel
	}
	return sum
}

func TestNamedPanics(t *testing.T) {
	t.Parallel()
	require.PanicsWithValue(t, "there is no colour beige", func() { palette.Named("beige") })
}
