package shell

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning/internal/budget"
)

// memory is the value of --memory, 0 where it was not given.
type memory int64

func (m *memory) Set(text string) (err error) {
	n, err := budget.Parse(text)
	*m = memory(n)
	return err
}

func (m *memory) String() string {
	if *m == 0 {
		return ""
	}
	return fmt.Sprint(int64(*m))
}

func (m *memory) Type() string { return "SIZE" }

// AddMemory adds the flag --memory to all commands.
func (s *Shell) AddMemory(root *cobra.Command) {
	root.PersistentFlags().Var(&s.memory, "memory", "`SIZE` of the memory that histories may take which are read at the same time,\n"+
		"such as 512MiB (default 1GiB, or a quarter of what the process may use if that is less)")
}

// Memory is what --memory says, in bytes, 0 for the default.
func (s *Shell) Memory() int64 { return int64(s.memory) }
