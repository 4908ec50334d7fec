package pull

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFilter(t *testing.T) {
	t.Parallel()
	const failed = "ExecutionStatus = 'Failed'"
	for _, tt := range []struct {
		options Options
		want    string
		why     string
	}{
		{Options{}, "", "everything"},
		{Options{Query: failed}, failed, "a query alone is passed on as it is"},
		{Options{Query: " " + failed + "\n"}, failed, "but for white space"},
		{Options{WorkflowType: "Order"}, "WorkflowType = 'Order'", "a type"},
		{Options{WorkflowType: "O'Brien"}, `WorkflowType = 'O\'Brien'`, "a quote does not end the text"},
		{Options{WorkflowType: `a\b`}, `WorkflowType = 'a\b'`, "the service takes a backslash as it is"},
		{Options{WorkflowType: "Order", Status: Open}, "WorkflowType = 'Order' AND CloseTime IS NULL",
			"open, running or paused"},
		{Options{WorkflowType: "Order", Status: Closed}, "WorkflowType = 'Order' AND CloseTime IS NOT NULL", "closed"},
		{Options{WorkflowType: "Order", Query: "a = 1 OR b = 2"}, "WorkflowType = 'Order' AND (a = 1 OR b = 2)",
			"OR binds less than AND"},
		{Options{Query: "a = 1 order  by StartTime", Status: Open}, "CloseTime IS NULL AND (a = 1) order  by StartTime",
			"an order stays last"},
		{Options{Query: "ORDER BY StartTime DESC", Status: Open}, "CloseTime IS NULL ORDER BY StartTime DESC",
			"an order alone"},
		{Options{Query: `a = 'order by' AND b = "x order by y"`, Status: Open},
			`CloseTime IS NULL AND (a = 'order by' AND b = "x order by y")`, "a text is no order"},
		{Options{Query: `a = 'it\'s order by' ORDER BY b`, Status: Open},
			`CloseTime IS NULL AND (a = 'it\'s order by') ORDER BY b`, "a quote in a text does not end it"},
		{Options{Query: "`border by` = 1", Status: Open}, "CloseTime IS NULL AND (`border by` = 1)",
			"a name in quotes"},
	} {
		require.NotEmpty(t, tt.why)
		require.Equal(t, tt.want, tt.options.filter(), tt.why)
	}
}

func TestShellQuote(t *testing.T) {
	t.Parallel()
	require.Equal(t, `'WorkflowType = '\''Order'\'''`, shellQuote("WorkflowType = 'Order'"))
}
