package org.rewardlab.lab.model;

/** 16-bit floats to and from 32 bits, rounding to the nearest and to even between two. */
final class HalfPrecision {

    private HalfPrecision() {}

    /** bfloat16 is the upper half of a float32. */
    static float fromBfloat16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    static short toBfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits >>> 16) | 0x40); // stays a NaN whatever is cut off
        }
        return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
    }

    /** IEEE half precision, subnormal numbers included. */
    static float fromFloat16(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >>> 10) & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0) {
            float size = fraction * 0x1p-24f;
            return sign == 0 ? size : -size;
        }
        int wide = exponent == 0x1f ? 0xff : exponent + 112;
        return Float.intBitsToFloat(sign | (wide << 23) | (fraction << 13));
    }

    static short toFloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        float size = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | 0x7e00);
        }
        if (size >= 65520) { // rounds beyond the largest half
            return (short) (sign | 0x7c00);
        }
        if (size < 0x1p-14f) { // subnormal: a whole number of 2^-24
            return (short) (sign | (int) Math.rint(size * 0x1p24));
        }
        int rest = bits & 0x7fffffff;
        int rounded = (rest + 0xfff + ((rest >>> 13) & 1)) >>> 13;
        return (short) (sign | (rounded - (112 << 10)));
    }
}
