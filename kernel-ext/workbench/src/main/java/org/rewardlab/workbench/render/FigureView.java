package org.rewardlab.workbench.render;

import java.util.List;
import org.rewardlab.lab.plot.Figure;
import org.rewardlab.lab.plot.Panel;

/** A figure of the lab as SVG, and as PNG for front ends that show no SVG. */
final class FigureView {

    /** What a picture may weigh in a notebook. */
    static final int LARGEST = 400_000;

    private FigureView() {}

    static Figure figure(Panel panel) {
        return new Figure(List.of(panel), "", "", 0);
    }

    static Bundle of(Figure figure) {
        Bundle bundle = Bundle.text(figure.toString());
        String svg = figure.svg();
        return svg.length() <= LARGEST
                ? bundle.with(Bundle.SVG, svg).with(Bundle.PNG, figure.preview())
                : bundle.with(Bundle.PNG, figure.png());
    }
}
