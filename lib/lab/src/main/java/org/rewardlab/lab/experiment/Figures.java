package org.rewardlab.lab.experiment;

import java.util.List;
import org.rewardlab.lab.plot.CreditView;
import org.rewardlab.lab.plot.Figure;
import org.rewardlab.lab.plot.Panel;

/** Figures that are kept: shown in a cell and written to the project's folder of figures. */
public final class Figures {
    private Figures() {}

    /**
     * Panels as one figure, saved as {@code name.svg}, {@code name.png} and {@code name.csv} below {@link Home#figures()}.
     *
     * @param name such as {@code 32-par}
     * @param panels at least one
     */
    public static Figure figure(String name, Panel... panels) {
        return figure(name, new Figure(List.of(panels), "", "", 0));
    }

    /** Saves a figure that has its title and caption, as {@code name.svg}, {@code name.png} and {@code name.csv}. */
    public static Figure figure(String name, Figure figure) {
        return figure.save(Home.figures(), name);
    }

    /** Saves the credit of an episode, as {@code name.svg}, {@code name.png} and {@code name.csv}. */
    public static CreditView figure(String name, CreditView credit) {
        return credit.save(Home.figures(), name);
    }
}
