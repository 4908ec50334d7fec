package history

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// The bytes of memory that a part of a file becomes at most, as TestWeigh measures. The smallest objects cost the most:
// 500,000 empty payloads are 1.5 MB of JSON, and 53 MB of messages.
const (
	perObject      = 170 // {} of JSON
	perElement     = 40  // "", of JSON
	perProtoByte   = 18  // of a message of few bytes
	perEmptyProto  = 80  // a message without any: its length is a byte of zero
	perUTF16Byte   = 5   // its units, runes and text
	weighingBuffer = 64 << 10
)

// weigh returns how many bytes of memory ReadFile takes for a file at most: for its bytes, for what they decompress to, and
// for the events. It keeps nothing of the file, so one that decompresses to very much can be refused before it does. Its
// errors are those of ReadFile.
func weigh(fsys fs.FS, path string) (int64, error) {
	size, err := readable(fsys, path)
	if err != nil {
		return 0, err
	}
	if err := peek(fsys, path, size); err != nil {
		return 0, err
	}
	f, err := fsys.Open(path)
	if err != nil {
		return 0, fmt.Errorf("reading recording %s: %w", path, err)
	}
	defer f.Close()
	return weighAll(path, f)
}

func weighAll(path string, r io.Reader) (int64, error) {
	packed := &counted{r: r}
	buffered := bufio.NewReaderSize(packed, weighingBuffer)
	var w weight
	unpacked := io.Reader(buffered)
	zipped := false
	if magic, _ := buffered.Peek(len(gzipMagic)); bytes.Equal(magic, gzipMagic) {
		zipped = true
		zr, err := gzip.NewReader(buffered)
		if err != nil {
			return 0, corruptGzip(path, packed.n, err)
		}
		unpacked = zr
	}
	buffer := make([]byte, weighingBuffer)
	begin, err := io.ReadFull(unpacked, buffer)
	if err == nil || begin > 0 {
		if err := w.begin(path, buffer[:begin]); err != nil {
			return 0, err
		}
	}
	unpacked = io.MultiReader(bytes.NewReader(bytes.Clone(buffer[:begin])), unpacked)
	for {
		n, err := unpacked.Read(buffer)
		w.add(buffer[:n])
		switch {
		case w.size > MaxFileSize && zipped:
			return 0, unpacksTooLarge(path, MaxFileSize)
		case w.size > MaxFileSize:
			return 0, tooLarge(path, w.size, MaxFileSize)
		case err == io.EOF:
			return packed.n + w.bytes(zipped), nil
		case err != nil && zipped:
			return 0, corruptGzip(path, packed.n, err)
		case err != nil:
			return 0, fmt.Errorf("reading recording %s: %w", path, err)
		}
	}
}

// counted is a reader that counts.
type counted struct {
	r io.Reader
	n int64
}

func (c *counted) Read(into []byte) (int, error) {
	n, err := c.r.Read(into)
	c.n += int64(n)
	return n, err
}

// weight counts what stands for the parts of a file.
type weight struct {
	size, objects, elements, zeros int64
	isJSON, isUTF16                bool
}

// begin looks at the first bytes: what is no history is not weighed.
func (w *weight) begin(path string, some []byte) error {
	w.isUTF16 = bytes.HasPrefix(some, bomLE) || bytes.HasPrefix(some, bomBE)
	form, err := sniff(path, withoutMark(some))
	var format *FormatError
	if errors.As(err, &format) && format.Kind != KindEmpty {
		return err
	}
	w.isJSON = form != formProto
	return nil
}

func (w *weight) add(some []byte) {
	if len(some) == 0 {
		return
	}
	w.size += int64(len(some))
	if w.isJSON {
		w.objects += int64(bytes.Count(some, []byte("{")))
		w.elements += int64(bytes.Count(some, []byte(",")))
	} else {
		w.zeros += int64(bytes.Count(some, []byte{0}))
	}
}

func (w *weight) bytes(unpacked bool) int64 {
	total := w.size + w.objects*perObject + w.elements*perElement
	if !w.isJSON {
		total = w.size*perProtoByte + w.zeros*perEmptyProto
	}
	if unpacked { // into a buffer that doubles
		total += 2 * w.size
	}
	if w.isUTF16 {
		total += w.size * perUTF16Byte
	}
	return total
}

func unpacksTooLarge(path string, limit int64) error {
	return &FormatError{Path: path, Kind: KindTooLarge,
		Detail: fmt.Sprintf("the file decompresses to more than the %d MB that are read", limit>>20)}
}
