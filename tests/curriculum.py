"""A course of 40 modules in ten groups, as large as the learning path is made for."""

from typing import Any

_TEXT = """
# Foundations
nn-basics | Introduction to Neural Networks |
perceptron | The Perceptron | nn-basics
mlp | Multi-Layer Perceptron (MLP) | nn-basics, perceptron
activation | Activation Functions | nn-basics, mlp
weight-init | Weight Initialization | mlp, activation
loss | Loss Functions | nn-basics, activation
# Training
backprop | Forward & Backpropagation | mlp, activation, loss
optimizers | Optimizers | loss, backprop
regularization | Regularization | loss, optimizers, backprop
batch-norm | Batch Normalization | backprop, weight-init, optimizers
# Computer Vision
cv-intro | CV Fundamentals | nn-basics, mlp, regularization
conv-layer | Convolutional Layers | cv-intro, backprop
pooling | Pooling Layers | conv-layer, backprop
cnn-basics | CNN Architecture | conv-layer, pooling, activation, backprop, batch-norm
viz-filters | Visualizing CNNs | conv-layer, cnn-basics, backprop
# CNN Architectures
lenet | LeNet-5 | cnn-basics, pooling
alexnet | AlexNet | cnn-basics, lenet, regularization, activation
vgg | VGGNet | alexnet, cnn-basics
resnet | ResNet | vgg, batch-norm, backprop, weight-init
inception | InceptionNet (GoogLeNet) | vgg, conv-layer, cnn-basics
mobilenet | MobileNet | conv-layer, inception, resnet
transfer-learning | Transfer Learning | resnet, vgg, mobilenet, regularization, optimizers
# Detection
localization | Object Localization | cnn-basics, loss, transfer-learning
rcnn | R-CNN Family | localization, cnn-basics, vgg, resnet
yolo | YOLO (You Only Look Once) | localization, cnn-basics, rcnn
ssd | SSD (Single Shot MultiBox Detector) | localization, vgg, yolo
# Segmentation and Recognition
semantic-seg | Semantic Segmentation | conv-layer, cnn-basics, transfer-learning, loss
instance-seg | Instance Segmentation | semantic-seg, rcnn, localization
face-recog | Face Recognition | cnn-basics, loss, transfer-learning
# Sequence and Language
rnn | RNNs & LSTMs | mlp, activation, backprop, weight-init, optimizers
seq2seq | Seq2Seq & Attention | rnn, loss
transformers | Transformers | seq2seq, rnn, regularization, batch-norm
bert | BERT & NLP Transformers | transformers, transfer-learning
gpt | GPT & Language Models | transformers, bert
# Generative
autoencoders | Autoencoders | mlp, backprop, loss, optimizers
gans | GANs (Generative Adversarial Networks) | autoencoders, backprop, loss, batch-norm
diffusion | Diffusion Models | autoencoders, gans, semantic-seg, transformers
# Vision Transformers and Graphs
vit | Vision Transformers (ViT) | transformers, conv-layer, resnet, transfer-learning
gnn | Graph Neural Networks | mlp, conv-layer, transformers
# Library
research-papers | Research Library | resnet, transformers, bert, gpt, diffusion
"""


def course(n_modules: int = 40) -> dict[str, Any]:
    """Return the first modules as the learning path takes them: lists, one item a module."""
    rows, group = list[tuple[Any, ...]](), ""
    for text in _TEXT.strip().splitlines():
        if text.startswith("# "):
            group = text[2:]
        else:
            name, title, needs = (part.strip() for part in text.split("|"))
            rows.append((name, len(rows) + 1, group, title, needs))
    names = ("ids", "numbers", "groups", "titles", "needs")
    return {name: [row[k] for row in rows[:n_modules]] for k, name in enumerate(names)}
