"""Accuracies that others measured: numbers that nothing here can compute."""

# Top-1 and top-5 accuracy in percent on the 50,000 validation pictures of ImageNet-1k, of the
# weights that torchvision calls IMAGENET1K_V1: the shorter side scaled to 256 pixels, one crop of
# 224 in the middle. https://docs.pytorch.org/vision/stable/models.html
TORCHVISION = {
    "AlexNet": (56.522, 79.066),
    "VGG-11": (69.020, 88.628),
    "VGG-13": (69.928, 89.246),
    "VGG-16": (71.592, 90.382),
    "VGG-19": (72.376, 90.876),
    "GoogLeNet": (69.778, 89.530),
    "ResNet-18": (69.758, 89.078),
    "ResNet-34": (73.314, 91.420),
    "ResNet-50": (76.130, 92.862),
    "ResNet-101": (77.374, 93.546),
    "ResNet-152": (78.312, 94.046),
    "MobileNet v2": (71.878, 90.286),
}
