package org.rewardlab.lab.plot;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/**
 * A drawing made into documents and files.
 *
 * @param width in pixels on screen
 * @param height in pixels on screen
 * @param title for those who can't see it
 * @param drawing draws on white paper
 */
record Rendering(int width, int height, String title, Consumer<Canvas> drawing) {
    private static final int SCALE = 2;

    String svg() {
        SvgCanvas canvas = new SvgCanvas(width, height);
        paint(canvas);
        return canvas.document(title);
    }

    /** The picture at twice its size on screen. */
    BufferedImage image() {
        return image(SCALE);
    }

    private BufferedImage image(int scale) {
        BufferedImage image = new BufferedImage(scale * width, scale * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(scale, scale);
        paint(new BitmapCanvas(graphics));
        graphics.dispose();
        return image;
    }

    byte[] png() {
        return png(SCALE);
    }

    /** A picture of the size on screen, a third of the bytes. */
    byte[] preview() {
        return png(1);
    }

    private byte[] png(int scale) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image(scale), "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    void save(Path folder, String name, String csv) {
        FigureFiles files = new FigureFiles(folder, name);
        files.write(".svg", svg().getBytes(StandardCharsets.UTF_8));
        files.write(".png", png());
        files.write(".csv", csv.getBytes(StandardCharsets.UTF_8));
    }

    private void paint(Canvas canvas) {
        canvas.fill(new Rectangle2D.Double(0, 0, width, height), House.PAPER);
        drawing.accept(canvas);
    }
}
