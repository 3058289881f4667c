package org.rewardlab.lab.plot;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TrueType font read from the class path, without the help of AWT: figures need no font on the machine, and have the same
 * bytes on each, since glyphs are scaled from the file's own coordinates and not from a rasterizer's. Reads outlines and
 * advance widths; no hinting, no kerning. Format: Apple and Microsoft, TrueType/OpenType tables head, hhea, hmtx, cmap 4,
 * loca and glyf.
 */
final class Typeface {
    static final Typeface SANS = new Typeface("s", "/net/sf/jasperreports/fonts/dejavu/DejaVuSans.ttf");
    static final Typeface MONO = new Typeface("m", "/net/sf/jasperreports/fonts/dejavu/DejaVuSansMono.ttf");

    private static final int MAX_NESTING = 8;

    private final String id;
    private final ByteBuffer data;
    private final Map<String, Integer> tables = new ConcurrentHashMap<>();
    private final Map<Integer, Glyph> glyphs = new ConcurrentHashMap<>();
    private final double unitsPerEm;
    private final boolean longOffsets;
    private final int advances;
    private final int characters;

    /** One character: its outline in em units, y upwards, and how far the next one stands from it. */
    record Glyph(Path2D outline, double advance) {}

    private Typeface(String id, String resource) {
        this.id = id;
        try (InputStream in = Objects.requireNonNull(Typeface.class.getResourceAsStream(resource), resource)) {
            data = ByteBuffer.wrap(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int count = u16(4);
        for (int i = 0; i < count; i++) {
            int at = 12 + 16 * i;
            StringBuilder tag = new StringBuilder();
            for (int c = 0; c < 4; c++) {
                tag.append((char) data.get(at + c));
            }
            tables.put(tag.toString(), data.getInt(at + 8));
        }
        unitsPerEm = u16(table("head") + 18);
        longOffsets = u16(table("head") + 50) == 1;
        advances = u16(table("hhea") + 34);
        characters = characterMap();
    }

    /** A short name, for ids in a document. */
    String id() {
        return id;
    }

    Glyph glyph(int codePoint) {
        return glyphs.computeIfAbsent(codePoint, this::read);
    }

    /** Width of a line of text in the unit of {@code size}. */
    double width(String text, double size) {
        return size * text.codePoints().mapToDouble(c -> glyph(c).advance()).sum();
    }

    private Glyph read(int codePoint) {
        int index = index(codePoint);
        Path2D.Double path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        append(path, index, new AffineTransform(), 0);
        double scale = 1 / unitsPerEm;
        path.transform(AffineTransform.getScaleInstance(scale, scale));
        int metric = table("hmtx") + 4 * Math.min(index, advances - 1);
        return new Glyph(path, u16(metric) * scale);
    }

    private int characterMap() {
        int cmap = table("cmap");
        int count = u16(cmap + 2);
        for (int i = 0; i < count; i++) {
            int at = cmap + 4 + 8 * i;
            int subtable = cmap + data.getInt(at + 4);
            if (u16(at) == 3 && u16(at + 2) == 1 && u16(subtable) == 4) {
                return subtable;
            }
        }
        throw new IllegalStateException("the font has no Unicode character map of format 4");
    }

    /** The glyph of a character; 0, an empty box, for one that the font lacks or that lies beyond the basic plane. */
    private int index(int codePoint) {
        if (codePoint > 0xFFFF) {
            return 0;
        }
        int twice = u16(characters + 6);
        int ends = characters + 14;
        int segment = 0;
        while (u16(ends + segment) < codePoint) {
            segment += 2;
        }
        int starts = ends + twice + 2;
        int start = u16(starts + segment);
        if (codePoint < start) {
            return 0;
        }
        int delta = u16(starts + twice + segment);
        int rangeAt = starts + 2 * twice + segment;
        int range = u16(rangeAt);
        if (range == 0) {
            return codePoint + delta & 0xFFFF;
        }
        int index = u16(rangeAt + range + 2 * (codePoint - start));
        return index == 0 ? 0 : index + delta & 0xFFFF;
    }

    private void append(Path2D.Double path, int index, AffineTransform place, int nesting) {
        int loca = table("loca");
        int from = longOffsets ? data.getInt(loca + 4 * index) : 2 * u16(loca + 2 * index);
        int to = longOffsets ? data.getInt(loca + 4 * index + 4) : 2 * u16(loca + 2 * index + 2);
        if (from == to || nesting > MAX_NESTING) {
            return;
        }
        int at = table("glyf") + from;
        int contours = data.getShort(at);
        if (contours >= 0) {
            new Outline(data, at, contours).appendTo(path, place);
        } else {
            appendParts(path, at + 10, place, nesting);
        }
    }

    /** A glyph made of others, such as a letter with its accent. */
    private void appendParts(Path2D.Double path, int start, AffineTransform place, int nesting) {
        int at = start;
        int flags;
        do {
            flags = u16(at);
            int part = u16(at + 2);
            at += 4;
            boolean words = (flags & 1) != 0;
            boolean offsets = (flags & 2) != 0;
            double dx = !offsets ? 0 : words ? data.getShort(at) : data.get(at);
            double dy = !offsets ? 0 : words ? data.getShort(at + 2) : data.get(at + 1);
            at += words ? 4 : 2;
            double xx = 1;
            double xy = 0;
            double yx = 0;
            double yy = 1;
            if ((flags & 0x08) != 0) {
                xx = f2dot14(at);
                yy = xx;
                at += 2;
            } else if ((flags & 0x40) != 0) {
                xx = f2dot14(at);
                yy = f2dot14(at + 2);
                at += 4;
            } else if ((flags & 0x80) != 0) {
                xx = f2dot14(at);
                xy = f2dot14(at + 2);
                yx = f2dot14(at + 4);
                yy = f2dot14(at + 6);
                at += 8;
            }
            AffineTransform inner = new AffineTransform(place);
            inner.concatenate(new AffineTransform(xx, xy, yx, yy, dx, dy));
            append(path, part, inner, nesting + 1);
        } while ((flags & 0x20) != 0);
    }

    private double f2dot14(int at) {
        return data.getShort(at) / 16384.0;
    }

    private int table(String tag) {
        return Objects.requireNonNull(tables.get(tag), tag);
    }

    private int u16(int at) {
        return data.getShort(at) & 0xFFFF;
    }
}
