/* What changes a bytearray, and what must not while a buffer of it is exported. */
#include "expression.h"

TEST(methods) {
    E("a = bytearray(); a.append(256)", "!!ValueError: byte must be in range(0, 256)");
    E("a = bytearray(); a.append('a')", "!!TypeError: 'str' object cannot be interpreted as an integer");
    E("a = bytearray(); a.append(-1)", "!!ValueError: byte must be in range(0, 256)");
    E("a = bytearray(); a.append(2**70)", "!!ValueError: byte must be in range(0, 256)");
    E("a = bytearray(); a.extend(5)", "!!TypeError: can't extend bytearray with int");
    E("a = bytearray(); a.extend('abc')", "!!TypeError: expected iterable of integers; got: 'str'");
    E("a = bytearray(); a.extend(['a'])", "!!TypeError: 'str' object cannot be interpreted as an integer");
    E("a = bytearray(); a.extend([1,256])", "!!ValueError: byte must be in range(0, 256)");
    E("a = bytearray(); a.extend(b'x'); a", "bytearray(b'x')");
    E("a = bytearray(b'xy'); a.extend(a); a", "bytearray(b'xyxy')");
    E("a = bytearray(); a.insert(1,256)", "!!ValueError: byte must be in range(0, 256)");
    E("a = bytearray(b'ab'); a.insert(-100,25); a", "bytearray(b'\\x19ab')");
    E("a = bytearray(b'ab'); a.insert(100,25); a", "bytearray(b'ab\\x19')");
    E("a = bytearray(b'ab'); a.insert('a',25); a", "!!TypeError: 'str' object cannot be interpreted as an integer");
    E("a = bytearray(b'ab'); a.insert(1)", "!!TypeError: insert expected 2 arguments, got 1");
    E("a = bytearray(b'ab'); a.pop(); a", "bytearray(b'a')");
    E("a = bytearray(b'ab'); a.pop(0); a", "bytearray(b'b')");
    E("a = bytearray(b'ab'); a.pop(5); a", "!!IndexError: pop index out of range");
    E("a = bytearray(b''); a.pop(); a", "!!IndexError: pop from empty bytearray");
    E("a = bytearray(b''); a.pop('a'); a", "!!TypeError: 'str' object cannot be interpreted as an integer");
    E("a = bytearray(b'a'); a.remove(5); a", "!!ValueError: value not found in bytearray");
    E("a = bytearray(b'a'); a.remove(256); a", "!!ValueError: byte must be in range(0, 256)");
    E("a = bytearray(b'aba'); a.remove(97); a", "bytearray(b'ba')");
    E("a = bytearray(b'aba'); a.remove('a'); a", "!!TypeError: 'str' object cannot be interpreted as an integer");
    E("a = bytearray(b'aba'); a.resize(5); a", "bytearray(b'aba\\x00\\x00')");
    E("a = bytearray(b'aba'); a.resize(-1); a", "!!ValueError: Can only resize to positive sizes, got -1");
    E("a = bytearray(b'aba'); a.resize('a'); a", "!!TypeError: 'str' object cannot be interpreted as an integer");
    E("a = bytearray(b'aba'); a.resize(2**62); a", "!!MemoryError");
    E("a = bytearray(b'abc'); a.reverse(); a", "bytearray(b'cba')");
    E("a = bytearray(b'abc'); a.clear(); a", "bytearray(b'')");
    E("a = bytearray(b'abc'); a.__getitem__('a')", "!!TypeError: bytearray indices must be integers or slices, not str");
    E("a = bytearray(b'abc'); a.__getitem__(4)", "!!IndexError: bytearray index out of range");
    E("a = bytearray(b'ab'); i = iter(a); i.__next__(); a.clear(); [i.__length_hint__(), list(i)]", "[0, []]");
    E("a = bytearray(b'abc'); a.__iadd__(b'de'); a", "bytearray(b'abcde')");
    E("a = bytearray(b'abc'); a.__iadd__('de')", "!!TypeError: can't concat str to bytearray");
    E("a = bytearray(b'abc'); a.__iadd__(a)", "!!BufferError: Existing exports of data: object cannot be re-sized");
    E("a = bytearray(b'abc'); a.__imul__(3); a", "bytearray(b'abcabcabc')");
    E("a = bytearray(b'abc'); a.__imul__(0); a", "bytearray(b'')");
    E("a = bytearray(b'abc'); a.__imul__(2**62)", "!!MemoryError");
    E("a = bytearray(b'abc'); a.append(100); a", "bytearray(b'abcd')");
    E("a = bytearray(b'abc'); a.extend([100, 101]); a", "bytearray(b'abcde')");
    E("a = bytearray(b'abc'); a.extend(range(3)); a", "bytearray(b'abc\\x00\\x01\\x02')");
    E("a = bytearray(b'abc'); a.extend({}); a", "bytearray(b'abc')");
    E("a = bytearray(b'abc'); a.insert(1, 88); a", "bytearray(b'aXbc')");
    E("a = bytearray(b'abc'); a.insert(-1, 88); a", "bytearray(b'abXc')");
    E("a = bytearray(b'abc'); a.insert(2**70, 88); a", "!!OverflowError: Python int too large to convert to C ssize_t");
    E("a = bytearray(b'abc'); a.pop(-3); a", "bytearray(b'bc')");
    E("a = bytearray(b'abc'); a.pop(-4)", "!!IndexError: pop index out of range");
    E("a = bytearray(b'abc'); a.pop(1, 2)", "!!TypeError: pop expected at most 1 argument, got 2");
    E("a = bytearray(b'abc'); a.remove(98); a", "bytearray(b'ac')");
    E("a = bytearray(b'abc'); a.remove(2**70)", "!!ValueError: byte must be in range(0, 256)");
    E("a = bytearray(b'abc'); a.copy() is a", "False");
    E("a = bytearray(b'abc'); a.copy()", "bytearray(b'abc')");
    E("a = bytearray(b'abc'); a.resize(1); a", "bytearray(b'a')");
    E("a = bytearray(b'abc'); a.resize(2**70)", "!!OverflowError: Python int too large to convert to C ssize_t");
    E("a = bytearray(); a.append(1); a.__alloc__()", "2");
    E("a = bytearray(b'0123456789'); a.append(1); a.__alloc__()", "18");
    E("a = bytearray(b'0123456789'); a.resize(2); a.__alloc__()", "3");
    E("a = bytearray(b'0123456789'); a.resize(7); a.__alloc__()", "11");
}

TEST(exports) {
    E("a = bytearray(b'abc'); m = memoryview(a); memoryview(a); a.clear(); a", "!!BufferError: Existing exports of data: object cannot be re-sized");
    E("a = bytearray(b'abc'); m = memoryview(a); a.clear(); a", "!!BufferError: Existing exports of data: object cannot be re-sized");
    E("a = bytearray(b'abc'); m = memoryview(a); a.__init__(b'')", "!!BufferError: Existing exports of data: object cannot be re-sized");
    E("a = bytearray(b'abc'); m = memoryview(a); a.__init__(b'abc'); a", "!!BufferError: Existing exports of data: object cannot be re-sized");
    E("a = bytearray(b'abc'); m = memoryview(a); a.append(1)", "!!BufferError: Existing exports of data: object cannot be re-sized");
    E("a = bytearray(b'abc'); m = memoryview(a); a.pop()", "!!BufferError: Existing exports of data: object cannot be re-sized");
    E("a = bytearray(b'abc'); m = memoryview(a); a.resize(3); a.extend(b'')", "None");
    E("a = bytearray(b'abc'); m = memoryview(a); a.__iadd__(b'')", "bytearray(b'abc')");
    E("a = bytearray(b'abc'); m = memoryview(a); a.__imul__(2)", "!!BufferError: Existing exports of data: object cannot be re-sized");
    E("a = bytearray(b'abc'); a.extend(memoryview(b'xy')); a", "bytearray(b'abcxy')");
    E("a = bytearray(b'abc'); m = memoryview(a); a.__delitem__(0)", "!!BufferError: Existing exports of data: object cannot be re-sized");
    E("a = bytearray(b'abc'); m = memoryview(a); a.__delitem__(slice(None, None, 2))", "!!BufferError: Existing exports of data: object cannot be re-sized");
    E("a = bytearray(b'abc'); m = memoryview(a); a.__setitem__(0, 65); a", "bytearray(b'Abc')");
    E("a = bytearray(b'abc'); m = memoryview(a); a.__setitem__(slice(0, 1), b'XY')", "!!BufferError: Existing exports of data: object cannot be re-sized");
    E("a = bytearray(b'abc'); m = memoryview(a); a.__setitem__(slice(0, 2), b'XY'); a", "bytearray(b'XYc')");
    E("a = bytearray(b'abc'); m = memoryview(a); a.insert(0, 1)", "!!BufferError: Existing exports of data: object cannot be re-sized");
    E("a = bytearray(b'abc'); m = memoryview(a); a.remove(97)", "!!BufferError: Existing exports of data: object cannot be re-sized");
    E("a = bytearray(b'abc'); m = memoryview(a); a.extend(b'x')", "!!BufferError: Existing exports of data: object cannot be re-sized");
    E("a = bytearray(b'abc'); m = memoryview(a); a.reverse(); a", "bytearray(b'cba')");
    E("a = bytearray(b'abc'); m = memoryview(a); m.release(); a.clear(); a", "bytearray(b'')");
}

TEST(slices) {
    E("a = bytearray(b'abc'); a.__setitem__(0,256)", "!!ValueError: byte must be in range(0, 256)");
    E("a = bytearray(b'abc'); a.__setitem__(0,'a')", "!!TypeError: 'str' object cannot be interpreted as an integer");
    E("a = bytearray(b'abc'); a.__setitem__(9,1)", "!!IndexError: bytearray index out of range");
    E("a = bytearray(b'abc'); a.__setitem__('a',1)", "!!TypeError: bytearray indices must be integers or slices, not str");
    E("a = bytearray(b'abc'); a.__delitem__(4)", "!!IndexError: bytearray index out of range");
    E("a = bytearray(b'abc'); a.__delitem__('a')", "!!TypeError: bytearray indices must be integers or slices, not str");
    E("a = bytearray(b'abc'); a.__delitem__(1); a", "bytearray(b'ac')");
    E("a = bytearray(b'abcdef'); a.__delitem__(slice(None,None,2)); a", "bytearray(b'bdf')");
    E("a = bytearray(b'abcdef'); a.__delitem__(slice(None,None,-2)); a", "bytearray(b'ace')");
    E("a = bytearray(b'abcdef'); a.__setitem__(slice(1,2),b'xyz'); a", "bytearray(b'axyzcdef')");
    E("a = bytearray(b'abcdef'); a.__setitem__(slice(1,2),a); a", "bytearray(b'aabcdefcdef')");
    E("a = bytearray(b'abcdef'); a.__setitem__(slice(1,2),[1,2]); a", "bytearray(b'a\\x01\\x02cdef')");
    E("a = bytearray(b'abcdef'); a.__setitem__(slice(1,2),5); a", "!!TypeError: can assign only bytes, buffers, or iterables of ints in range(0, 256)");
    E("a = bytearray(b'abcdef'); a.__setitem__(slice(1,2),'ab'); a", "!!TypeError: can assign only bytes, buffers, or iterables of ints in range(0, 256)");
    E("a = bytearray(b'abcdef'); a.__setitem__(slice(1,2),[256]); a", "!!ValueError: byte must be in range(0, 256)");
    E("a = bytearray(b'abcdef'); a.__setitem__(slice(1,2),1.5); a", "!!TypeError: can assign only bytes, buffers, or iterables of ints in range(0, 256)");
    E("a = bytearray(b'abcdef'); a.__setitem__(slice(None,None,2),b'ab'); a", "!!ValueError: attempt to assign bytes of size 2 to extended slice of size 3");
    E("a = bytearray(b'abcdef'); a.__setitem__(slice(None,None,2),b'123'); a", "bytearray(b'1b2d3f')");
    E("a = bytearray(b'abcdef'); a.__setitem__(slice(None,None,-1),b'123456'); a", "bytearray(b'654321')");
    E("a = bytearray(b'abcdef'); a.__setitem__(slice(None,None,2),b''); a", "bytearray(b'bdf')");
    E("a = bytearray(b'abcdef'); a.__setitem__(slice(0, 2), b''); a", "bytearray(b'cdef')");
    E("a = bytearray(b'abcdef'); a.__setitem__(slice(0, 2), b'X'); [a, a.__alloc__()]", "[bytearray(b'Xcdef'), 7]");
    E("a = bytearray(b'abcdef'); a.__setitem__(slice(2, None), b'X'); a", "bytearray(b'abX')");
    E("a = bytearray(b'abcdef'); a.__setitem__(slice(5, 2), b'XY'); a", "bytearray(b'abcdeXYf')");
    E("a = bytearray(b'abcdef'); a.__setitem__(slice(5, 2, -1), b'XYZ'); a", "bytearray(b'abcZYX')");
    E("a = bytearray(b'abcdef'); a.__setitem__(slice(2, 5, -1), b'XYZ'); a", "!!ValueError: attempt to assign bytes of size 3 to extended slice of size 0");
    E("a = bytearray(b'abcdef'); a.__setitem__(slice(None), b''); a", "bytearray(b'')");
    E("a = bytearray(b'abcdef'); a.__setitem__(0, 255); a", "bytearray(b'\\xffbcdef')");
    E("a = bytearray(b'abcdef'); a.__setitem__(-1, -1)", "!!ValueError: byte must be in range(0, 256)");
    E("a = bytearray(b'abcdef'); a.__setitem__(0, 1.5)", "!!TypeError: 'float' object cannot be interpreted as an integer");
    E("a = bytearray(b'abcdef'); a.__setitem__(2**70, 1)", "!!IndexError: cannot fit 'int' into an index-sized integer");
    E("a = bytearray(b'abcdef'); a.__delitem__(0); a", "bytearray(b'bcdef')");
    E("a = bytearray(b'abcdef'); a.__delitem__(-1); a", "bytearray(b'abcde')");
    E("a = bytearray(b'abcdef'); a.__delitem__(slice(1, 5, 3)); a", "bytearray(b'acdf')");
    E("a = bytearray(b'abcdef'); a.__delitem__(slice(4, 1)); a", "bytearray(b'abcdef')");
    E("a = bytearray(b'abcdef'); a.__delitem__(slice(0, 4)); [a, a.__alloc__()]", "[bytearray(b'ef'), 3]");
    E("a = bytearray(b'abcdef'); a.__delitem__(2**70)", "!!IndexError: cannot fit 'int' into an index-sized integer");
}

TEST(construct) {
    E("a = bytearray(b'abc'); a.__init__(2); a", "bytearray(b'\\x00\\x00')");
    E("a = bytearray(b'abc'); a.__init__(); a", "bytearray(b'')");
}
CHECK_MAIN()
