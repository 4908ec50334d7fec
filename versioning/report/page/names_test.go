package page

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestShortNames holds what a name looks like, and that all of it is there.
func TestShortNames(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		names, want []string
		why         string
	}{
		{[]string{"initial.completed", "initial.waiting"}, []string{"initial.completed", "initial.waiting"}, "short names stay"},
		{[]string{"order-production-eu-west-1-0001.json", "order-production-eu-west-1-0002.json"},
			[]string{"orde…0001.json", "orde…0002.json"}, "what they share says nothing"},
		{[]string{"0001-of-the-long-running-orders.completed", "0002-of-the-long-running-orders.completed"},
			[]string{"0001…eted", "0002…eted"}, "at their ends too"},
		{[]string{"0123456789abcdef0123456789abcdef0123456789abcdef"}, []string{"0123456789abcdef…0123456789abcdef"}, "the middle of one"},
		{[]string{"aaaaaaaaaaaaaaaa-1-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaab1-baaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
			"aaaaaaaaaaaaaaaab2-baaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
			[]string{"aaaaaaaaaaaaaaaa-1-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaab1-baaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
				"aaaaaaaaaaaaaaaab2-baaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, "those that would look alike stay whole"},
		{[]string{"注文-とても長い名前の実行の記録-東京リージョン本番環境-一つ目の実行", "注文-とても長い名前の実行の記録-東京リージョン本番環境-二つ目の実行"},
			[]string{"注文-と…一つ目の実行", "注文-と…二つ目の実行"}, "characters, not bytes"},
	} {
		short := shortNames(tt.names)
		for i, name := range tt.names {
			require.Equal(t, tt.want[i], short[name].shown(), tt.why)
			require.Equal(t, name, short[name].full(), "all of it is there")
		}
	}
}
