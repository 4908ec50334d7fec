package budget

import (
	"bufio"
	"bytes"
	"io/fs"
	"math"
	"os"
	"path"
	"runtime/debug"
	"strconv"
	"strings"
)

// mayUse is the memory in bytes that the process may use: what GOMEMLIMIT allows, and on Linux what the machine and its
// control group have. It is very much where nobody says.
func mayUse() int64 {
	most := debug.SetMemoryLimit(-1) // which sets nothing
	if n := ofSystem(os.DirFS("/")); n > 0 {
		most = min(most, n)
	}
	return most
}

// ofSystem is the least of what the files of Linux say, 0 where there are none.
func ofSystem(root fs.FS) int64 {
	least := int64(math.MaxInt64)
	take := func(n int64, ok bool) {
		if ok && n > 0 {
			least = min(least, n)
		}
	}
	take(total(root))
	for _, group := range groups(root) {
		take(number(root, group))
	}
	if least == math.MaxInt64 {
		return 0
	}
	return least
}

// total is the memory of the machine.
func total(root fs.FS) (int64, bool) {
	info, err := fs.ReadFile(root, "proc/meminfo")
	if err != nil {
		return 0, false
	}
	for line := range bytes.Lines(info) {
		if fields := bytes.Fields(line); len(fields) == 3 && string(fields[0]) == "MemTotal:" {
			n, err := strconv.ParseInt(string(fields[1]), 10, 64)
			return n << 10, err == nil
		}
	}
	return 0, false
}

// groups are the files with the limits of the control group of the process and of those around it, of version 2 and of
// version 1. Within a container its own group is the root of what it sees.
func groups(root fs.FS) (files []string) {
	files = []string{"sys/fs/cgroup/memory.max", "sys/fs/cgroup/memory/memory.limit_in_bytes"}
	own, err := root.Open("proc/self/cgroup")
	if err != nil {
		return files
	}
	defer own.Close()
	for lines := bufio.NewScanner(own); lines.Scan(); {
		parts := strings.SplitN(lines.Text(), ":", 3)
		if len(parts) < 3 {
			continue
		}
		folder, file := "sys/fs/cgroup", "memory.max"
		switch {
		case parts[1] == "memory":
			folder, file = "sys/fs/cgroup/memory", "memory.limit_in_bytes"
		case parts[0] != "0":
			continue
		}
		for group := path.Clean("/" + parts[2]); group != "/"; group = path.Dir(group) {
			files = append(files, path.Join(folder, group, file))
		}
	}
	return files
}

func number(root fs.FS, file string) (int64, bool) {
	text, err := fs.ReadFile(root, file)
	if err != nil {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	return n, err == nil // "max" is no number
}
