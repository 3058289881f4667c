package org.rewardlab.lab.model;

import ai.djl.ndarray.types.DataType;

/** How numbers stand in a safetensors file, and what they become in memory: half precision is read as float32. */
public enum RawType {
    /** Double precision. */
    F64(8, DataType.FLOAT64),
    /** Single precision. */
    F32(4, DataType.FLOAT32),
    /** IEEE half precision: 5 bits of exponent. */
    F16(2, DataType.FLOAT32),
    /** The upper half of single precision. */
    BF16(2, DataType.FLOAT32),
    /** 64-bit integers. */
    I64(8, DataType.INT64),
    /** 32-bit integers. */
    I32(4, DataType.INT32),
    /** Bytes with a sign. */
    I8(1, DataType.INT8),
    /** Bytes without one. */
    U8(1, DataType.UINT8),
    /** Truth values, a byte each. */
    BOOL(1, DataType.BOOLEAN);

    private final int bytes;
    private final DataType inMemory;

    RawType(int bytes, DataType inMemory) {
        this.bytes = bytes;
        this.inMemory = inMemory;
    }

    /** Bytes of one number in the file. */
    public int bytes() {
        return bytes;
    }

    /** The type of the array that a tensor is read into. */
    public DataType inMemory() {
        return inMemory;
    }

    /** Whether numbers are converted between file and memory. */
    boolean converts() {
        return this == F16 || this == BF16;
    }

    /** The type in which an array is written as it stands. */
    static RawType of(DataType type) {
        for (RawType raw : values()) {
            if (raw.inMemory == type && !raw.converts()) {
                return raw;
            }
        }
        throw new IllegalArgumentException("array: expected a type that safetensors files hold, got " + type);
    }
}
