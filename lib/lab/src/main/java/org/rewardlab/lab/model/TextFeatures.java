package org.rewardlab.lab.model;

import java.io.Serializable;

/** Turns a response to a prompt into numbers. */
public interface TextFeatures extends Serializable {

    /** The number D of features. */
    int width();

    /** The features of a response to a prompt, zeros left out. */
    SparseVector of(String prompt, String response);
}
