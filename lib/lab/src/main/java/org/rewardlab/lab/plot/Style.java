package org.rewardlab.lab.plot;

import java.awt.Color;
import java.util.List;

/**
 * How one method is drawn wherever it occurs.
 *
 * @param color of lines, points and areas
 * @param dash lengths on and off; empty for solid
 * @param marker the shape of its points
 */
record Style(Color color, List<Double> dash, Marker marker) {
    Canvas.Line line(double width) {
        return new Canvas.Line(width, dash);
    }
}
