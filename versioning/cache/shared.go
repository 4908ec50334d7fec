package cache

import (
	"fmt"
	"io/fs"
	"os"
	"runtime"
)

// A SharedError says that others can write to the cache folder, and so say of a recording that it is safe. The folder is
// not used.
type SharedError struct {
	// Folder is the path of the folder.
	Folder string
	// Why says who can.
	Why string
}

func (e *SharedError) Error() string {
	return fmt.Sprintf("the cache is not used: %s; name another folder in %s, or take that from others with chmod and chown: %s",
		e.Why, Variable, e.Folder)
}

// private returns a *SharedError if others can write to the folder. One that is not there is made for its owner alone.
func private(folder string) error {
	info, err := os.Lstat(folder)
	switch {
	case err != nil, runtime.GOOS == "windows": // there modes say nothing of others
		return nil
	case info.Mode()&fs.ModeSymlink != 0:
		return &SharedError{folder, "the folder is a link, which somebody can turn elsewhere"}
	case !info.IsDir():
		return nil // nothing is read of it
	case info.Mode().Perm()&0o022 != 0:
		return &SharedError{folder, "others can write to the folder"}
	case !isOwn(info):
		return &SharedError{folder, "the folder is somebody else's"}
	}
	return nil
}
