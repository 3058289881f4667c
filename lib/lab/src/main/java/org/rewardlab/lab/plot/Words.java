package org.rewardlab.lab.plot;

/**
 * A remark at a place in the plot.
 *
 * @param x where it starts
 * @param y its baseline
 * @param text one line
 */
record Words(double x, double y, String text) implements Mark {
    private static final TextStyle STYLE = new TextStyle(House.NOTE, House.SOFT_INK, Align.START);

    @Override
    public Extent x(boolean log) {
        return Extent.of(log, x);
    }

    @Override
    public Extent y(boolean log) {
        return Extent.of(log, y);
    }

    @Override
    public Layer layer() {
        return Layer.TEXT;
    }

    @Override
    public void paint(Canvas canvas, Frame frame, Palette palette) {
        if (frame.shows(x, y)) {
            canvas.text(text, frame.px(x) + 4, frame.py(y) - 4, STYLE);
        }
    }

    @Override
    public void numbers(NumberTable table) {
        table.add("text", text, x, y);
    }
}
