package org.rewardlab.workbench.render;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** A matrix as a small picture: red above zero, blue below, see-through at zero, so that it reads on any page. */
final class HeatMap {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int SIDE = 144;

    private HeatMap() {}

    /** An image element with the picture in it, a pixel for each number. */
    static String html(double[][] values) {
        int height = values.length;
        int width = height == 0 ? 0 : values[0].length;
        if (width == 0) {
            return "";
        }
        int cell = Math.max(1, Math.min(8, SIDE / Math.max(height, width)));
        return "<img alt=\"heat map\" width=\"" + cell * width + "\" height=\"" + cell * height
                + "\" style=\"image-rendering:pixelated;border:" + Look.LINE
                + ";margin:6px 0;max-width:none\" src=\"data:image/png;base64,"
                + Base64.getEncoder().encodeToString(png(values)) + "\">";
    }

    static byte[] png(double[][] values) {
        int height = values.length;
        int width = values[0].length;
        double scale = 0;
        for (double[] row : values) {
            for (double value : row) {
                scale = Double.isFinite(value) ? Math.max(scale, Math.abs(value)) : scale;
            }
        }
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(pixels)) {
            for (double[] row : values) {
                deflated.write(0);
                for (double value : row) {
                    deflated.write(pixel(value, scale));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            DataOutputStream size = new DataOutputStream(header);
            size.writeInt(width);
            size.writeInt(height);
            size.write(new byte[] {8, 6, 0, 0, 0}); // 8 bits of red, green, blue and alpha
            file.write(SIGNATURE);
            chunk(file, "IHDR", header.toByteArray());
            chunk(file, "IDAT", pixels.toByteArray());
            chunk(file, "IEND", new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    private static byte[] pixel(double value, double scale) {
        if (!Double.isFinite(value)) {
            return new byte[] {(byte) 230, (byte) 159, 0, (byte) 255};
        }
        double share = scale == 0 ? 0 : value / scale;
        byte alpha = (byte) Math.round(Math.abs(share) * 255);
        return share >= 0 ? new byte[] {(byte) 214, 66, 56, alpha} : new byte[] {38, 114, (byte) 210, alpha};
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] data) throws IOException {
        DataOutputStream out = new DataOutputStream(file);
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) check.getValue());
    }
}
